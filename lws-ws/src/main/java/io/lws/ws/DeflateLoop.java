package io.lws.ws;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.LoopNet;
import io.lws.ws.deflate.DeflaterPool;
import io.lws.ws.deflate.InflaterPool;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** zlib's memory, which the connections of one loop that compress take turns with. */
final class DeflateLoop {
    private static final long IDLE_NS = Duration.ofSeconds(10).toNanos();

    final InflaterPool inflaters = new InflaterPool();
    private final Map<WsDeflate, DeflaterPool> deflaters = new HashMap<>();
    private final EventLoop loop;
    private final Timer idle = new Timer(this::endIdle);

    private DeflateLoop(EventLoop loop) {
        this.loop = loop;
    }

    static DeflateLoop of(LoopNet net) {
        return net.perLoop(DeflateLoop.class, () -> new DeflateLoop(net.loop()));
    }

    long nowNs() {
        return loop.nowNs();
    }

    DeflaterPool deflaters(WsDeflate settings) {
        return deflaters.computeIfAbsent(settings, each -> new DeflaterPool(each.level(), each.maxDeflaters()));
    }

    /** Somebody may have taken a deflater, or given one back. */
    void watchDeflaters() {
        int lent = 0;
        for (DeflaterPool each : deflaters.values()) {
            lent += each.lent();
        }
        if (lent == 0) {
            loop.cancel(idle);
        } else if (!idle.isArmed()) {
            loop.schedule(idle, IDLE_NS);
        }
    }

    private void endIdle(long nowNs) {
        deflaters.values().forEach(each -> each.takeBackUnusedSince(nowNs - IDLE_NS + 1));
        watchDeflaters();
    }
}
