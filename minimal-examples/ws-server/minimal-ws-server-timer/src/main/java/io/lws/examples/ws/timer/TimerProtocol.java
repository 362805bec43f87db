package io.lws.examples.ws.timer;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.time.Duration;

/** Ticks for each session; every so many ticks it says how many there were and how late the latest of them was. */
final class TimerProtocol implements WsProtocol<Ticker> {
    private final long intervalNs;
    private final int ticksPerReport;

    /** Options {@code interval-ms}: 10; {@code ticks-per-report}: 100. */
    TimerProtocol(Vhost vhost, ProtocolOptions options) {
        intervalNs = options.millis("interval-ms", Duration.ofMillis(10)).toNanos();
        ticksPerReport = options.integer("ticks-per-report", 100);
    }

    @Override
    public Ticker newPss() {
        return new Ticker(intervalNs, ticksPerReport);
    }

    @Override
    public void onEstablished(WsSession<Ticker> ws) {
        ws.pss().start(ws);
    }

    @Override
    public void onWriteable(WsSession<Ticker> ws, WsTx tx) {
        String report = ws.pss().takeReport();
        if (report != null) {
            tx.text(report);
        }
    }

    @Override
    public void onClosed(WsSession<Ticker> ws, CloseInfo info) {
        ws.loop().cancel(ws.pss().timer);
    }
}
