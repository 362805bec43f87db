package io.lws.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.net.Adoption;
import io.lws.testing.LoopContract;
import io.lws.testing.RecordingRole;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** As a callback of a user interface may do with a socket that was opened there. */
    @Test
    void servesWhatIsAdoptedBetweenTurns(@TempDir Path directory) throws Exception {
        Context context = Context.builder().build();
        ForeignLoop attached = ForeignLoop.attach(context.loops().get(0), framework);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (ServerSocketChannel server =
                        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel client = SocketChannel.open(address)) {
            SocketChannel accepted = server.accept();
            awaitSomebodyWaits();
            framework
                    .submit(() -> context.nets()
                            .get(0)
                            .adopt(
                                    Adoption.socket(accepted),
                                    to -> new RecordingRole().attach(to).echoing()))
                    .get(20, TimeUnit.SECONDS);
            client.write(ByteBuffer.wrap(new byte[] {7}));
            ByteBuffer answer = ByteBuffer.allocate(1);
            assertEquals(1, client.read(answer));
            assertEquals(7, answer.get(0));
        }
        context.close();
        attached.awaitDetached();
    }

    private static void awaitSomebodyWaits() {
        while (Thread.getAllStackTraces().entrySet().stream()
                .noneMatch(each -> each.getKey().getName().equals("lws-wait-0")
                        && Arrays.stream(each.getValue())
                                .anyMatch(frame -> frame.getMethodName().equals("select")))) {
            Thread.onSpinWait();
        }
    }

    /** Nobody gives the loop turns any more; whoever closes the context must not wait for them for ever. */
    @Test
    void endsTheLoopWhenTheFrameworkHasEndedBefore() throws Exception {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        Context context = Context.builder().build();
        EventLoop loop = context.loops().get(0);
        ForeignLoop attached = ForeignLoop.attach(loop, gone);
        gone.submit(() -> {}).get(20, TimeUnit.SECONDS);
        gone.shutdown();
        CompletableFuture<Void> dropped = new CompletableFuture<>();
        loop.execute(new EventLoop.Task() {
            @Override
            public void run() {
                dropped.complete(null);
            }

            @Override
            public void dropped() {
                dropped.complete(null);
            }
        });
        dropped.get(20, TimeUnit.SECONDS);
        attached.awaitDetached();
        context.close();
        assertTrue(context.isClosed());
    }
}
