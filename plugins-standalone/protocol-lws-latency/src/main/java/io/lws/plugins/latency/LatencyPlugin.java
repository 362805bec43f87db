package io.lws.plugins.latency;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-latency} to servers that load plugins. */
public final class LatencyPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LatencyPlugin() {}

    @Override
    public String protocolName() {
        return "lws-latency";
    }

    @Override
    public ProtocolFactory factory() {
        return LatencyProtocol::new;
    }

    @Override
    public String description() {
        return "tells each second which protocol has kept a loop waiting, and for how long";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("interval-ms", "milliseconds between two figures, 1000 unless given");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
