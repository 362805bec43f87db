package io.lws.examples.raw.vhost;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class RawChatPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public RawChatPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-raw";
    }

    @Override
    public ProtocolFactory factory() {
        return RawChatProtocol::new;
    }

    @Override
    public String description() {
        return "raw TCP chat: what one client sends, all see";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
