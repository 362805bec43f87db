package io.lws.plugins.status;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-status} to servers that load plugins. */
public final class StatusPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public StatusPlugin() {}

    @Override
    public String protocolName() {
        return "lws-status";
    }

    @Override
    public ProtocolFactory factory() {
        return StatusProtocol::new;
    }

    @Override
    public String description() {
        return "the live connections, told to all of them";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("max-listed", "how many connections the list names, 64 unless given");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
