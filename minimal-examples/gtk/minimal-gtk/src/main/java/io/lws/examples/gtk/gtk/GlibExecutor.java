package io.lws.examples.gtk.gtk;

import java.lang.foreign.Arena;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.Source;
import org.gnome.glib.SourceFuncs;

/**
 * Runs tasks on the thread that runs a GLib main loop: a source of GLib's that is ready once a task has come. GLib's idle
 * functions would do it as well, but java-gi makes a piece of native code for each call of them, and keeps it.
 *
 * <p>Any thread may call. A task that is left when it is closed never runs.
 */
final class GlibExecutor implements Executor, AutoCloseable {
    private static final long AT_ONCE = 0;
    private static final long NEVER = -1;

    /** By the address of its source. */
    private static final Map<Long, GlibExecutor> OPEN = new ConcurrentHashMap<>();

    /** GLib asks for them as long as any source lives; the one for readiness is not needed, a source has a time. */
    private static final SourceFuncs FUNCTIONS = new SourceFuncs(Arena.global());

    static {
        FUNCTIONS.writeDispatch(GlibExecutor::dispatch, Arena.global());
    }

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Source source;
    private boolean closed;

    GlibExecutor(MainContext context) {
        source = new Source(FUNCTIONS, (int) Source.getMemoryLayout().byteSize());
        source.setPriority(GLib.PRIORITY_DEFAULT_IDLE); // after what the user does and what has to be drawn
        OPEN.put(address(source), this);
        source.attach(context);
    }

    private static long address(Source source) {
        return source.handle().address();
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("closed");
        }
        tasks.add(task);
        source.setReadyTime(AT_ONCE);
    }

    private static boolean dispatch(Source ready) {
        GlibExecutor executor = OPEN.get(address(ready));
        if (executor != null) {
            executor.runTasks();
        }
        return GLib.SOURCE_CONTINUE;
    }

    private void runTasks() {
        source.setReadyTime(NEVER); // first: what comes from here on makes it ready again
        for (int left = tasks.size(); left > 0; left--) {
            Runnable task = tasks.poll();
            if (task != null) {
                runGuarded(task);
            }
        }
    }

    /** An exception cannot pass through C: it would end the process. */
    private static void runGuarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** The main loop is then as it was before. */
    @Override
    public synchronized void close() {
        closed = true;
        source.destroy();
        OPEN.remove(address(source));
    }
}
