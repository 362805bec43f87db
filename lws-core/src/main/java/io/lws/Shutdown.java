package io.lws;

import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.LoopNet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The graceful end of a context: accepting ends, each loop drains its connections, cuts what is left in time, and stops. */
final class Shutdown {
    private final List<LoopNet> nets;
    private boolean begun;
    private volatile boolean retired;
    /** Belongs to loop 0, the one that accepts. */
    private volatile boolean acceptingOver;

    Shutdown(List<LoopNet> nets) {
        this.nets = nets;
    }

    /** True from the moment after which no connection is handed to any loop. */
    boolean isAcceptingOver() {
        return acceptingOver;
    }

    /** True once no loop takes new connections and each has been told so. Any thread. */
    boolean isRetired() {
        return retired;
    }

    /** Any thread. {@code then} runs on the last loop when every loop has been told. */
    void retire(Runnable then) {
        AtomicInteger untold = new AtomicInteger(nets.size());
        onLoopZero(() -> nets.forEach(net -> net.loop().execute(() -> {
            net.retire();
            if (untold.decrementAndGet() == 0) {
                retired = true;
                then.run();
            }
        })));
    }

    /** Any thread; only the first call counts. */
    synchronized void begin(Duration grace) {
        if (begun) {
            return;
        }
        begun = true;
        onLoopZero(() ->
                nets.forEach(net -> net.loop().execute(() -> drain(net, TimeUnit.NANOSECONDS.convert(grace)))));
    }

    /** What {@code then} has loops do comes after the last connection that loop 0 had accepted for them: tasks keep their order. */
    private void onLoopZero(Runnable then) {
        nets.get(0).loop().execute(new EventLoop.Task() {
            @Override
            public void run() {
                acceptingOver = true;
                then.run();
            }

            @Override
            public void dropped() {
                run();
            }
        });
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
