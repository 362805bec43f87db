package io.lws.examples.ws.threadpool;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class ThreadpoolPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ThreadpoolPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-threadpool";
    }

    @Override
    public ProtocolFactory factory() {
        return ThreadpoolProtocol::new;
    }

    @Override
    public String description() {
        return "slow tasks on a pool of threads, bound to their session";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
