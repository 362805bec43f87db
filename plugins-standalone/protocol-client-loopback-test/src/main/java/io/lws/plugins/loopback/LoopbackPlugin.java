package io.lws.plugins.loopback;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Offers {@code client-loopback-test} to servers that load plugins. */
public final class LoopbackPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LoopbackPlugin() {}

    @Override
    public String protocolName() {
        return "client-loopback-test";
    }

    @Override
    public ProtocolFactory factory() {
        return LoopbackProtocol::new;
    }

    @Override
    public String description() {
        return "a server that is its own client";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
