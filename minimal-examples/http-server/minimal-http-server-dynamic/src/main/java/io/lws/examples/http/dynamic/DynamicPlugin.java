package io.lws.examples.http.dynamic;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class DynamicPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DynamicPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-http-dynamic";
    }

    @Override
    public ProtocolFactory factory() {
        return DynamicProtocol::new;
    }

    @Override
    public String description() {
        return "a page made on the fly, in chunks";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
