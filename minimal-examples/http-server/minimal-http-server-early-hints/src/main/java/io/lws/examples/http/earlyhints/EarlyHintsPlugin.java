package io.lws.examples.http.earlyhints;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class EarlyHintsPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EarlyHintsPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-early-hints";
    }

    @Override
    public ProtocolFactory factory() {
        return EarlyHintsProtocol::new;
    }

    @Override
    public String description() {
        return "says which style its page takes before it has the page";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
