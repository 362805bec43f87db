package io.lws.plugins.post;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Offers {@code protocol-post-demo} to servers that load plugins. */
public final class PostDemoPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PostDemoPlugin() {}

    @Override
    public String protocolName() {
        return "protocol-post-demo";
    }

    @Override
    public ProtocolFactory factory() {
        return PostDemoProtocol::new;
    }

    @Override
    public String description() {
        return "tells what a form held";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
