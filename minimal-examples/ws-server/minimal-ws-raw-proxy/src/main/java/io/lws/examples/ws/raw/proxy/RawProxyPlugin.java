package io.lws.examples.ws.raw.proxy;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class RawProxyPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RawProxyPlugin() {}

    @Override
    public String protocolName() {
        return "lws-ws-raw-proxy";
    }

    @Override
    public ProtocolFactory factory() {
        return RawProxyProtocol::new;
    }

    @Override
    public String description() {
        return "a TCP connection for each ws client";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
