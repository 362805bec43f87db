package io.lws;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.LoopNet;
import java.time.Duration;
import java.util.List;

/** The graceful end of a context: each loop drains its connections, cuts what is left in time, and stops. */
final class Shutdown {
    private final List<LoopNet> nets;
    private boolean begun;

    Shutdown(List<LoopNet> nets) {
        this.nets = nets;
    }

    /** Any thread; only the first call counts. */
    synchronized void begin(Duration grace) {
        if (!begun) {
            begun = true;
            nets.forEach(net -> net.loop().execute(() -> drain(net, grace.toNanos())));
        }
    }

    private static void drain(LoopNet net, long graceNs) {
        EventLoop loop = net.loop();
        net.drain();
        Timer deadline = new Timer(nowNs -> net.cut(CloseInfo.local(0, "context closed")));
        loop.schedule(deadline, graceNs);
        stopWhenEmpty(net, deadline);
    }

    private static void stopWhenEmpty(LoopNet net, Timer deadline) {
        EventLoop loop = net.loop();
        if (net.load() > 0) {
            net.whenEmpty(() -> stopWhenEmpty(net, deadline));
            return;
        }
        loop.cancel(deadline);
        loop.stop();
    }
}
