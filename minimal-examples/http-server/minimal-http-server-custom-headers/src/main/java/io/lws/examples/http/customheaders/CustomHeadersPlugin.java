package io.lws.examples.http.customheaders;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class CustomHeadersPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CustomHeadersPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-custom-headers";
    }

    @Override
    public ProtocolFactory factory() {
        return CustomHeadersProtocol::new;
    }

    @Override
    public String description() {
        return "reads and sends fields of its own";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
