package io.lws.examples.ws.timer;

import io.lws.ProtocolFactory;
import io.lws.spi.ProtocolProvider;

/** Makes the protocol of this example a plugin. */
public final class TimerPlugin implements ProtocolProvider {
    /** For {@link java.util.ServiceLoader}. */
    public TimerPlugin() {}

    @Override
    public String protocolName() {
        return "lws-minimal-timer";
    }

    @Override
    public ProtocolFactory factory() {
        return TimerProtocol::new;
    }

    @Override
    public String description() {
        return "a timer for each session, and how late it is";
    }

    @Override
    public int apiLevel() {
        return API_LEVEL;
    }
}
