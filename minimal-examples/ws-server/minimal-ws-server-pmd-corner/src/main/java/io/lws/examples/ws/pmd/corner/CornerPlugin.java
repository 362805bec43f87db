package io.lws.examples.ws.pmd.corner;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class CornerPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CornerPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-pmd-corner";
    }

    @Override
    public ProtocolFactory factory() {
        return CornerProtocol::new;
    }

    @Override
    public String description() {
        return "sends messages of awkward sizes";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
