package io.lws.examples.http.longpoll;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class LongPollPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LongPollPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-longpoll";
    }

    @Override
    public ProtocolFactory factory() {
        return LongPollProtocol::new;
    }

    @Override
    public String description() {
        return "answers when there is news";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
