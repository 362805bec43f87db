package io.lws.plugins.rawproxy;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;
import java.util.Map;

/** Offers {@code raw-proxy} to servers that load plugins. */
public final class RawProxyPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RawProxyPlugin() {}

    @Override
    public String protocolName() {
        return "raw-proxy";
    }

    @Override
    public ProtocolFactory factory() {
        return RawProxyProtocol::new;
    }

    @Override
    public String description() {
        return "passes raw connections on to another server";
    }

    @Override
    public Map<String, String> options() {
        return Map.of("onward", "where to: ipv4:ADDRESS:PORT, ipv6:[ADDRESS]:PORT, unix:PATH or HOST:PORT");
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
