package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.testing.LoopContract;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The thread of another framework: one thread and a queue, as nearly all have. */
class ForeignLoopTest extends LoopContract {
    private final AtomicInteger tasks = new AtomicInteger();
    private final ThreadPoolExecutor framework =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                @Override
                public void execute(Runnable task) {
                    tasks.incrementAndGet(); // the pool's own count of them is approximate
                    super.execute(task);
                }
            };

    @Override
    protected Context start(Context.Builder builder) {
        Context context = builder.poller("nio").build();
        ForeignLoop.attach(context.loops().get(0), framework);
        return context;
    }

    @Override
    protected void stop() throws Exception {
        assertFalse(framework.isShutdown());
        assertEquals(0, framework.getQueue().size());
        assertEquals(1, framework.submit(framework::getPoolSize).get(20, TimeUnit.SECONDS));
        framework.shutdown();
        assertTrue(framework.awaitTermination(20, TimeUnit.SECONDS));
    }

    @Test
    void leavesTheFrameworkAsItWas() throws Exception {
        Context context = Context.builder().build();
        ForeignLoop attached = ForeignLoop.attach(context.loops().get(0), framework);
        framework.submit(() -> {}).get(20, TimeUnit.SECONDS);
        context.close();
        attached.awaitDetached();
        int before = tasks.get();
        framework.submit(() -> {}).get(20, TimeUnit.SECONDS);
        assertEquals(before + 1, tasks.get());
    }

    /** Whoever closes it ends the loop, which then belongs to that thread. */
    @Test
    void mayBeClosedBeforeTheFirstTurn() throws Exception {
        Thread thread = framework.submit(Thread::currentThread).get(20, TimeUnit.SECONDS);
        CountDownLatch closed = new CountDownLatch(1);
        framework.execute(() -> await(closed));
        Context context = Context.builder().build();
        ForeignLoop attached = ForeignLoop.attach(context.loops().get(0), framework);
        while (framework.getQueue().isEmpty()) {
            Thread.onSpinWait();
        }
        context.close();
        closed.countDown();
        attached.awaitDetached();
        assertTrue(context.isClosed());
        // an exception would have cost it its thread
        assertEquals(thread, framework.submit(Thread::currentThread).get(20, TimeUnit.SECONDS));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The framework's own callbacks run on the loop's thread, but not in a turn. */
    @Test
    void noticesWhatIsAskedForBetweenTurns() throws Exception {
        Context context = Context.builder().build();
        EventLoop loop = context.loops().get(0);
        ForeignLoop attached = ForeignLoop.attach(loop, framework);
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Void> task = new CompletableFuture<>();
            CompletableFuture<Void> timer = new CompletableFuture<>();
            CompletableFuture<Void> served = new CompletableFuture<>();
            framework.execute(() -> {
                loop.execute(() -> task.complete(null));
                loop.schedule(new Timer(nowNs -> timer.complete(null)), 1000);
                loop.serveThisTurn(() -> served.complete(null));
            });
            CompletableFuture.allOf(task, timer, served).get(20, TimeUnit.SECONDS);
        }
        context.close();
        attached.awaitDetached();
    }
}
