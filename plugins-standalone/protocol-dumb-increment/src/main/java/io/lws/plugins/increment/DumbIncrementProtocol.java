package io.lws.plugins.increment;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsOpcode;
import io.lws.ws.WsPart;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.time.Duration;

/** Sends each session 0, 1, 2 ... at a steady pace; {@code reset} starts again at 0, {@code closeme} ends the session. */
final class DumbIncrementProtocol implements WsProtocol<Counter> {
    private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(50);
    private static final int TIMER_OFF = 1;

    private final long intervalNs;
    private final boolean ticking;

    DumbIncrementProtocol(Vhost vhost, ProtocolOptions options) {
        Duration interval = options.millis("interval-ms", DEFAULT_INTERVAL);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("option \"interval-ms\" must be above 0, not " + interval.toMillis());
        }
        intervalNs = interval.toNanos();
        ticking = (options.integer("options", 0) & TIMER_OFF) == 0;
    }

    @Override
    public Counter newPss() {
        return new Counter(intervalNs);
    }

    @Override
    public void onEstablished(WsSession<Counter> ws) {
        if (ticking) {
            ws.pss().start(ws);
        }
    }

    @Override
    public void onMessage(WsSession<Counter> ws, WsFragment rx) {
        String command = rx.lengthBytes() > "closeme\n".length() ? "" : rx.text();
        switch (command) {
            case "reset\n" -> ws.pss().reset();
            case "closeme\n" -> ws.close();
            default -> {
                // everything else is left unanswered, as in lws
            }
        }
    }

    @Override
    public void onWriteable(WsSession<Counter> ws, WsTx tx) {
        if (ws.pss().takeDue()) {
            tx.write(WsOpcode.TEXT, WsPart.WHOLE, ws.pss().next());
        }
    }

    @Override
    public void onClosed(WsSession<Counter> ws, CloseInfo info) {
        ws.pss().stop();
    }
}
