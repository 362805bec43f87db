package io.lws.examples.ws.chat;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class ChatPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ChatPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal";
    }

    @Override
    public ProtocolFactory factory() {
        return ChatProtocol::new;
    }

    @Override
    public String description() {
        return "chat: what one sends, all see";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
