package io.lws.examples.ws.threads.smp;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class SmpPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SmpPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-threads-smp";
    }

    @Override
    public ProtocolFactory factory() {
        return SmpProtocol::new;
    }

    @Override
    public String description() {
        return "two threads make messages for sessions on all loops";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
