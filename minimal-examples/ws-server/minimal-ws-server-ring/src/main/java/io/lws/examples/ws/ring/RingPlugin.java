package io.lws.examples.ws.ring;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class RingPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RingPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-ring";
    }

    @Override
    public ProtocolFactory factory() {
        return RingProtocol::new;
    }

    @Override
    public String description() {
        return "chat through a ring that culls laggards";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
