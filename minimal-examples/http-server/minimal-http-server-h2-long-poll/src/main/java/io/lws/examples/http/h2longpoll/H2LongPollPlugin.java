package io.lws.examples.http.h2longpoll;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class H2LongPollPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public H2LongPollPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-h2-long-poll";
    }

    @Override
    public ProtocolFactory factory() {
        return LongPollProtocol::new;
    }

    @Override
    public String description() {
        return "an answer that goes on for ever, with the time each minute";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
