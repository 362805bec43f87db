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
final class Ahead extends Thread {
    private static volatile @Nullable Ahead current;

    private final Runnable logging;

    private Ahead(Runnable logging) {
        super("lwsws-ahead");
        this.logging = logging;
    }

    /** Begins. {@code logging} sets that up. */
    static void begin(Runnable logging) {
        Ahead one = new Ahead(logging);
        one.setDaemon(true);
        one.start();
        current = one;
    }

    @Override
    public void run() {
        for (Role each : ServiceLoader.load(Role.class, Role.class.getClassLoader())) {
            each.name();
        }
        logging.run();
        Log.prepare();
    }

    /** Returns when all that was begun is done; at once where nothing was. */
    static void await() {
        Ahead one = current;
        if (one == null) {
            return;
        }
        try {
            one.join();
            current = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
