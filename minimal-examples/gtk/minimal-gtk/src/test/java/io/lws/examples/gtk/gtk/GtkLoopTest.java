package io.lws.examples.gtk.gtk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.loop.ForeignLoop;
import io.lws.testing.LoopContract;
import io.lws.testing.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callbacks on the thread of a GLib main loop, as GTK's is; another source of it is served before, meanwhile and after. */
class GtkLoopTest extends LoopContract {
    /** GLib numbers the sources of a context from 1 on; a test makes far fewer. */
    private static final int SOURCE_IDS = 100;

    private final MainContext glib = new MainContext();
    private final MainLoop mainLoop = new MainLoop(glib, false);
    private final Thread thread = new Thread(mainLoop::run, "glib");
    /** Another's; not a timer of GLib's, whose callback java-gi frees on whatever thread is last to let go of it. */
    private final GlibExecutor other = new GlibExecutor(glib);

    private final List<Integer> sourcesBefore;
    private final GlibExecutor executor;

    GtkLoopTest() throws InterruptedException {
        sourcesBefore = sources();
        thread.start();
        awaitOther();
        executor = new GlibExecutor(glib);
    }

    @BeforeAll
    static void needsGtk() {
        Peer.LIBGTK_4_1.require();
    }

    @Override
    protected Context start(Context.Builder builder) {
        Context context = builder.poller("nio").build();
        ForeignLoop.attach(context.loops().get(0), executor);
        return context;
    }

    @Override
    protected void stop() throws InterruptedException {
        executor.close();
        assertTrue(mainLoop.isRunning());
        assertEquals(sourcesBefore, sources());
        awaitOther();
        other.close();
        mainLoop.quit();
        thread.join();
        assertFalse(glib.pending());
    }

    private void awaitOther() throws InterruptedException {
        Semaphore served = new Semaphore(0);
        other.execute(served::release);
        assertTrue(served.tryAcquire(20, TimeUnit.SECONDS), "GLib serves nobody else any more");
    }

    private List<Integer> sources() {
        List<Integer> ids = new ArrayList<>();
        for (int id = 1; id <= SOURCE_IDS; id++) {
            if (glib.findSourceById(id) != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    @Test
    void installsOneSourceForAnyNumberOfTasks() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            executor.execute(all::countDown);
        }
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertEquals(sourcesBefore.size() + 1, sources().size());
    }

    @Test
    void goesOnAfterATaskThatThrows() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        executor.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((where, what) -> next.countDown()));
        executor.execute(() -> {
            throw new IllegalStateException("of a task");
        });
        assertTrue(next.await(20, TimeUnit.SECONDS));
        awaitOther();
    }

    @Test
    void refusesTasksOnceClosed() {
        try (GlibExecutor closed = new GlibExecutor(glib)) {
            closed.close();
            assertThrows(RejectedExecutionException.class, () -> closed.execute(() -> {}));
        }
    }
}
