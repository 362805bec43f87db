package io.lws.examples.ws.threadpool;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Each message begins a slow task, whose steps and end the session is told; one at a time. When all workers are busy and the
 * queue is full the answer is {@code busy}. A session that ends takes its task with it.
 */
final class ThreadpoolProtocol implements WsProtocol<ThreadpoolProtocol.Pss> {
    private static final int STEPS = 4;

    static final class Pss {
        @Nullable
        Future<?> task;
    }

    private final ThreadPoolExecutor workers;
    private final int stepMs;

    /** Options {@code threads}: workers, 3; {@code queue}: tasks that may wait, 4; {@code step-ms}: a quarter of a task, 250. */
    ThreadpoolProtocol(Vhost vhost, ProtocolOptions options) {
        int threads = options.integer("threads", 3);
        stepMs = options.integer("step-ms", 250);
        workers = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(options.integer("queue", 4)));
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onMessage(WsSession<Pss> ws, WsFragment rx) {
        Future<?> before = ws.pss().task;
        if (before != null && !before.isDone()) {
            ws.post(WsMessage.text("one at a time"));
            return;
        }
        String what = rx.text();
        ws.post(WsMessage.text("queued " + what));
        try {
            ws.pss().task = workers.submit(() -> work(ws, what));
        } catch (RejectedExecutionException e) {
            ws.post(WsMessage.text("busy"));
        }
    }

    /** On a worker's thread, which may block: the loop goes on. {@code post} is for any thread. */
    private void work(WsSession<Pss> ws, String what) {
        try {
            for (int step = 1; step <= STEPS; step++) {
                TimeUnit.MILLISECONDS.sleep(stepMs);
                ws.post(WsMessage.text(what + ": " + step + " of " + STEPS));
            }
            ws.post(WsMessage.text("done " + what));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the session has ended, or the server does
        }
    }

    @Override
    public void onClosed(WsSession<Pss> ws, CloseInfo info) {
        Future<?> task = ws.pss().task;
        if (task != null) {
            task.cancel(true);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
