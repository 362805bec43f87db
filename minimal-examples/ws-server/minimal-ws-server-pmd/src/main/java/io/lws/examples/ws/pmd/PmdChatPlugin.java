package io.lws.examples.ws.pmd;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class PmdChatPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public PmdChatPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-pmd";
    }

    @Override
    public ProtocolFactory factory() {
        return PmdChatProtocol::new;
    }

    @Override
    public String description() {
        return "chat with compression where the vhost has it";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
