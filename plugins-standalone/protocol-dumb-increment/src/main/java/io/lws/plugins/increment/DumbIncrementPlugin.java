package io.lws.plugins.increment;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code dumb-increment-protocol} to servers that load plugins. */
public final class DumbIncrementPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DumbIncrementPlugin() {}

    @Override
    public String protocolName() {
        return "dumb-increment-protocol";
    }

    @Override
    public ProtocolFactory factory() {
        return DumbIncrementProtocol::new;
    }

    @Override
    public String description() {
        return "a counter of its own for each WebSocket, sent at a steady pace";
    }

    @Override
    public Map<String, String> options() {
        return Map.of(
                "interval-ms", "milliseconds between two numbers, 50 unless given",
                "options", "bit 0 set: no numbers are sent by themselves");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
