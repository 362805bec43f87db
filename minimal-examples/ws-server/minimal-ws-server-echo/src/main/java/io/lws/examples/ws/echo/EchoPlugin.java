package io.lws.examples.ws.echo;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class EchoPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EchoPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-server-echo";
    }

    @Override
    public ProtocolFactory factory() {
        return EchoProtocol::new;
    }

    @Override
    public String description() {
        return "echoes each ws message";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
