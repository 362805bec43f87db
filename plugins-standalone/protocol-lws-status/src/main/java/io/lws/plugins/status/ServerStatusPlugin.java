package io.lws.plugins.status;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code lws-server-status} to servers that load plugins. */
public final class ServerStatusPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ServerStatusPlugin() {}

    @Override
    public String protocolName() {
        return ServerStatusProtocol.NAME;
    }

    @Override
    public ProtocolFactory factory() {
        return ServerStatusProtocol::new;
    }

    @Override
    public String description() {
        return "a page that shows the state of the server, and the figures behind it each second";
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
