package io.lws.examples.http.formget;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class FormGetPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FormGetPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-form-get";
    }

    @Override
    public ProtocolFactory factory() {
        return FormGetProtocol::new;
    }

    @Override
    public String description() {
        return "lists the arguments of a URL";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
