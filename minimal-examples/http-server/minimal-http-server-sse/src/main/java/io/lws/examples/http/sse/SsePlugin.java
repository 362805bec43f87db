package io.lws.examples.http.sse;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class SsePlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SsePlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-sse";
    }

    @Override
    public ProtocolFactory factory() {
        return SseProtocol::new;
    }

    @Override
    public String description() {
        return "counts for each client, by Server-Sent Events";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
