package io.lws.examples.ws.threads;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class ThreadsPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ThreadsPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-threads";
    }

    @Override
    public ProtocolFactory factory() {
        return ThreadsProtocol::new;
    }

    @Override
    public String description() {
        return "two threads make messages for every session";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
