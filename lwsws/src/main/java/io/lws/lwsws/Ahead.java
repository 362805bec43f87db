package io.lws.lwsws;

import io.lws.Log;
import io.lws.spi.Role;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a start takes besides its configuration, done by a thread of its own while that is read: logging, and the first
 * search for services, for which the JDK opens every jar of the class path. That is a third of a start. Of the process, as
 * logging is; nothing may be logged until {@link #await} has returned.
 */
final class Ahead {
    private static volatile @Nullable Thread thread;

    private Ahead() {}

    /** Begins. {@code logging} sets that up. */
    static void begin(Runnable logging) {
        Thread one = new Thread(() -> run(logging), "lwsws-ahead");
        one.setDaemon(true);
        one.start();
        thread = one;
    }

    private static void run(Runnable logging) {
        ServiceLoader.load(Role.class, Role.class.getClassLoader()).forEach(Role::name);
        logging.run();
        Log.prepare();
    }

    /** Returns when all that was begun is done; at once where nothing was. */
    static void await() {
        Thread one = thread;
        if (one == null) {
            return;
        }
        try {
            one.join();
            thread = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
