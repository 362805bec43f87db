package io.lws.examples.http.formpost;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class FormPostPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public FormPostPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-form-post";
    }

    @Override
    public ProtocolFactory factory() {
        return FormPostProtocol::new;
    }

    @Override
    public String description() {
        return "lists the fields of a form";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
