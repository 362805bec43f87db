package io.lws.net;

import io.lws.loop.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the platform, which blocks, on a few threads that end when there is nothing to ask. Who asks for a host that is
 * being looked up waits for that answer; answers are good for 30 s, failures for 1 s.
 */
final class SystemResolver implements Resolver {
    /** What blocks. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] allByName(String host) throws UnknownHostException;
    }

    static final SystemResolver SHARED = new SystemResolver(InetAddress::getAllByName, workers(), NanoClock.SYSTEM);

    private static final long GOOD_NS = Duration.ofSeconds(30).toNanos();
    private static final long FAILED_NS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_CACHED = 1024;
    private static final int MAX_WORKERS = 4;

    /** One host's answer, or the wait for it. */
    private static final class Entry {
        final CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        volatile long askedNs;
    }

    private final Lookup lookup;
    private final Executor workers;
    private final NanoClock clock;
    private final Map<String, Entry> cache = new LinkedHashMap<>();

    SystemResolver(Lookup lookup, Executor workers, NanoClock clock) {
        this.lookup = lookup;
        this.workers = workers;
        this.clock = clock;
    }

    private static Executor workers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_WORKERS, MAX_WORKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "lws-resolver");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public CompletionStage<List<InetAddress>> resolve(String host) {
        Entry entry;
        synchronized (cache) {
            Entry known = cache.get(host);
            if (known != null && isGood(known)) {
                return known.answer.minimalCompletionStage();
            }
            entry = new Entry();
            entry.askedNs = clock.nowNs();
            cache.remove(host);
            makeRoom();
            cache.put(host, entry);
        }
        try {
            workers.execute(() -> answer(host, entry));
        } catch (RuntimeException | Error e) {
            entry.answer.completeExceptionally(new IOException("nobody to look up " + host, e));
        }
        return entry.answer.minimalCompletionStage();
    }

    private boolean isGood(Entry entry) {
        if (!entry.answer.isDone()) {
            return true;
        }
        long ageNs = clock.nowNs() - entry.askedNs;
        return ageNs < (entry.answer.isCompletedExceptionally() ? FAILED_NS : GOOD_NS);
    }

    private void makeRoom() {
        if (cache.size() >= MAX_CACHED) {
            String oldest = cache.keySet().iterator().next();
            cache.remove(oldest);
        }
    }

    private void answer(String host, Entry entry) {
        try {
            List<InetAddress> addresses = List.of(lookup.allByName(host));
            entry.askedNs = clock.nowNs();
            entry.answer.complete(addresses);
        } catch (UnknownHostException e) {
            entry.askedNs = clock.nowNs();
            entry.answer.completeExceptionally(new UnknownHostException(host + ": unknown host"));
        } catch (RuntimeException | Error e) {
            entry.answer.completeExceptionally(new IOException("looking up " + host, e));
        }
    }

    /** What a stage failed with, as who waits for it wants it. */
    static IOException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return cause instanceof IOException io ? io : new IOException(cause);
    }
}
