package io.lws.examples.http.ssering;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class SseRingPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SseRingPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-sse-ring";
    }

    @Override
    public ProtocolFactory factory() {
        return SseRingProtocol::new;
    }

    @Override
    public String description() {
        return "gives all who listen what anybody says";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
