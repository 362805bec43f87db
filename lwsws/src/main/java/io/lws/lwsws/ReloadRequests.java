package io.lws.lwsws;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** Reloads that nobody waits for, as signals ask for them: however many come before one begins, that one is theirs. */
final class ReloadRequests {
    private final Runnable reload;
    private final Semaphore mayWait = new Semaphore(1);
    private final ReentrantLock turn = new ReentrantLock();

    ReloadRequests(Runnable reload) {
        this.reload = reload;
    }

    /** Returns when the reload has been made, or at once where another has yet to begin. Any thread. */
    void ask() {
        if (!mayWait.tryAcquire()) {
            return;
        }
        turn.lock();
        try {
            mayWait.release(); // what is asked for from here on may not be seen by this one
            reload.run();
        } finally {
            turn.unlock();
        }
    }
}
