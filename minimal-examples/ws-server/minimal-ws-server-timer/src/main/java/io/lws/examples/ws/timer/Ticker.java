package io.lws.examples.ws.timer;

import io.lws.loop.Timer;
import io.lws.ws.WsSession;
import org.jspecify.annotations.Nullable;

/** One session's timer, which is armed again and again and never made anew. It keeps to the beat it began with. */
final class Ticker {
    final Timer timer = new Timer(this::tick);

    private final long intervalNs;
    private final int ticksPerReport;
    private @Nullable WsSession<Ticker> ws;
    private long dueNs;
    private long ticks;
    private long latestNs;
    private @Nullable String report;

    Ticker(long intervalNs, int ticksPerReport) {
        this.intervalNs = intervalNs;
        this.ticksPerReport = ticksPerReport;
    }

    void start(WsSession<Ticker> session) {
        ws = session;
        dueNs = session.loop().nowNs() + intervalNs;
        session.loop().schedule(timer, intervalNs);
    }

    private void tick(long nowNs) {
        if (ws == null) {
            return;
        }
        ticks++;
        latestNs = Math.max(latestNs, nowNs - dueNs);
        if (ticks % ticksPerReport == 0) {
            report = ticks + " ticks, the latest late by " + latestNs / 1000 + " us";
            latestNs = 0;
            ws.requestWriteable();
        }
        dueNs += intervalNs;
        ws.loop().schedule(timer, Math.max(0, dueNs - nowNs));
    }

    /** What is to be said, once. */
    @Nullable
    String takeReport() {
        String taken = report;
        report = null;
        return taken;
    }
}
