package io.lws.examples.http.smp;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class LoopPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LoopPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-loop";
    }

    @Override
    public ProtocolFactory factory() {
        return LoopProtocol::new;
    }

    @Override
    public String description() {
        return "says which loop answers";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
