package io.lws.tls;

import io.lws.net.LoopNet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS connections of one loop share: buffers, which hold nothing between two calls, and the pool that does the
 * expensive steps of handshakes. The pool's threads end by themselves soon after the last handshake. Loop thread only.
 */
final class TlsLoop {
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor pool;
    /** Of heap and direct memory, for TLS on a socket and for TLS in TLS. */
    private final @Nullable TlsBuffers[] buffers = new @Nullable TlsBuffers[4];

    private TlsLoop() {
        int threads = Runtime.getRuntime().availableProcessors();
        pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TlsLoop::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "lws-tls");
        thread.setDaemon(true);
        return thread;
    }

    static TlsLoop of(LoopNet net) {
        return net.perLoop(TlsLoop.class, TlsLoop::new);
    }

    TlsBuffers buffers(boolean wantsDirect) {
        return buffersAt(wantsDirect ? 1 : 0, wantsDirect);
    }

    /** For TLS on top of TLS, where the lower one works while the upper one does. */
    TlsBuffers upperBuffers(boolean wantsDirect) {
        return buffersAt(wantsDirect ? 3 : 2, wantsDirect);
    }

    private TlsBuffers buffersAt(int index, boolean wantsDirect) {
        TlsBuffers found = buffers[index];
        if (found == null) {
            found = new TlsBuffers(wantsDirect);
            buffers[index] = found;
        }
        return found;
    }

    /** Bounded by the handshakes there can be at a time: each has at most one piece of work waiting. */
    void execute(Runnable work) {
        pool.execute(work);
    }
}
