package io.lws.lwsws;

import io.lws.Log;
import io.lws.http.HttpTraffic;
import io.lws.net.Listener;
import io.lws.spi.Generations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The generation that serves, and those before it whose connections live on. Any thread; whoever loads or stops waits
 * until that is done.
 */
final class Server {
    private static final Log LOG = Log.of("lwsws");
    private static final Duration CUT_OFF_GRACE = Duration.ofSeconds(1);
    private static final Duration MAX_HANDOVER = Duration.ofSeconds(5);
    private static final Duration MAX_OVERDUE = Duration.ofSeconds(5);

    /** How long a plugin may take to begin before it is told of, and again. */
    private static final Duration SLOW_LOAD = Duration.ofSeconds(3);

    private static final Duration SLOW_LOAD_AGAIN = Duration.ofMinutes(1);

    /** How long a stop waits for a reload that has begun, whose listeners nobody else would close. */
    private static final Duration MAX_RELOAD = Duration.ofSeconds(3);

    private static final String STOPPING = "the server is stopping";

    /** To the log, and to whoever has asked for the reload. */
    static final String OVERTAKEN =
            "a callback in the generation before does not return; its listeners are taken from it";

    private final Generation.Sources sources;
    private final Supplier<Places> given;
    private final Generations view = new Generations(this::shown);
    /** Of all generations together: what is counted goes on through reloads. */
    private final HttpTraffic traffic = new HttpTraffic();

    /** Held by whoever makes a generation; the monitor guards what there is of them and is never held for long. */
    private final ReentrantLock loading = new ReentrantLock(true);

    private final List<Running> draining = new ArrayList<>();
    /** For whoever only looks, on loops too: a reload takes its time. */
    private volatile List<Running> running = List.of();

    private final Map<Integer, Future<?>> cutOffs = new HashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor chores = chores();
    private volatile @Nullable Running current;
    private int loaded;
    private volatile int overtaking;
    private boolean stopping;
    private volatile Handover handover = Handover.NONE;

    /** How far a new process is on its way to take the listening sockets. */
    private enum Handover {
        NONE,
        BEGUN,
        DONE
    }

    Server(Generation.Sources sources) {
        this(sources, () -> Places.NONE);
    }

    /** {@code given}: sockets that listen already, for the first generation, asked for once that has been read. */
    Server(Generation.Sources sources, Supplier<Places> given) {
        this.sources = sources;
        this.given = given;
    }

    private static ScheduledThreadPoolExecutor chores() {
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "lwsws-chores");
            thread.setDaemon(true);
            return thread;
        });
        one.setRemoveOnCancelPolicy(true); // a task holds the generation it is for
        return one;
    }

    /**
     * Reads everything anew and serves it; the generation before lets its listeners go and lives until its last
     * connection has gone or its time is up. When this throws, that one serves on as if nothing had been. Whoever stops
     * the server meanwhile does not wait for a plugin that never ends its beginning.
     *
     * @throws ConfigurationException with all that is wrong
     */
    Running load() {
        loading.lock();
        Future<?> watch = watchLoading();
        try {
            requireReloadable();
            Generation generation = Generation.read(sources);
            // a context that could not be opened ends too, but nobody has ever seen it
            AtomicReference<@Nullable Running> opened = new AtomicReference<>();
            Running before = current;
            Running next = generation.open(new Generation.Opening(
                    loaded + 1,
                    before == null ? given.get() : before.places(),
                    view,
                    traffic,
                    () -> chores.execute(() -> closed(opened.get()))));
            opened.set(next);
            watch.cancel(false);
            serve(next);
            if (before != null) {
                retire(before);
            }
            return next;
        } finally {
            watch.cancel(false);
            loading.unlock();
        }
    }

    private Future<?> watchLoading() {
        return chores.scheduleWithFixedDelay(
                new LoadWatch(Thread.currentThread(), loaded + 1),
                SLOW_LOAD.toMillis(),
                SLOW_LOAD_AGAIN.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void requireReloadable() {
        if (stopping) {
            throw new ConfigurationException(List.of(STOPPING));
        }
        if (handover == Handover.BEGUN) {
            throw new ConfigurationException(List.of("a new process is about to take over"));
        }
    }

    private void serve(Running next) {
        if (!succeed(next)) {
            next.context().close(Duration.ZERO);
            throw new ConfigurationException(List.of(STOPPING));
        }
        next.context().start();
        awaitAccepting(next);
    }

    /** False where the server has been stopped while this generation was made. */
    private synchronized boolean succeed(Running next) {
        if (stopping) {
            return false;
        }
        loaded = next.number();
        if (current != null) {
            draining.add(current);
        }
        current = next;
        publish();
        return true;
    }

    /** Whoever asked for the reload may count on it that new callers see what is new. */
    private void awaitAccepting(Running next) {
        try {
            if (next.context().awaitAccepting(MAX_HANDOVER)) {
                return;
            }
            LOG.warn(next.toString(), OVERTAKEN);
            overtaking = next.number();
            next.context().overtake();
            if (!next.context().awaitAccepting(MAX_HANDOVER)) {
                LOG.warn(next.toString(), "does not accept: its own loop does not end its turn");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it did not get its listeners by leave of the generation before. */
    boolean hasOvertaken(Running one) {
        return overtaking == one.number();
    }

    private synchronized void retire(Running old) {
        Duration patience = old.drainTimeout();
        cutOffs.put(old.number(), chores.schedule(() -> cutOff(old), patience.toMillis(), TimeUnit.MILLISECONDS));
        old.context().retire();
    }

    private static void complain(Running old) {
        if (!old.context().isClosed()) {
            LOG.warn(old.toString(), "does not end: a callback or a close() of one of its protocols does not return");
        }
    }

    private void cutOff(Running old) {
        LOG.warn(old.toString(), "its time is up for " + old.context().connections() + " connections");
        Thread thread = new Thread(() -> old.context().close(CUT_OFF_GRACE), "lwsws-cut-off");
        thread.setDaemon(true);
        thread.start();
        Duration patience = CUT_OFF_GRACE.plus(MAX_OVERDUE);
        var unused = chores.schedule(() -> complain(old), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Of a generation, the last that is heard. */
    private synchronized void closed(@Nullable Running ended) {
        if (ended == null) {
            return;
        }
        int number = ended.number();
        Future<?> cutOff = cutOffs.remove(number);
        if (cutOff != null) {
            cutOff.cancel(false);
        }
        if (draining.removeIf(each -> each.number() == number)) {
            LOG.info(ended.toString(), "has ended");
        }
        if (current == ended) {
            current = null;
            stopping = true;
        }
        publish();
        if (stopping && current == null && draining.isEmpty()) {
            end.countDown();
        }
    }

    /** From here on nothing is reloaded. @throws IllegalStateException where there is nothing to take over */
    void beginHandover() {
        loading.lock(); // what a reload has begun it ends first
        try {
            markHandover();
        } finally {
            loading.unlock();
        }
    }

    private synchronized void markHandover() {
        if (stopping || current == null || handover != Handover.NONE) {
            throw new IllegalStateException(
                    handover == Handover.BEGUN ? "another process is about to take over" : STOPPING);
        }
        handover = Handover.BEGUN;
    }

    /** True where one had begun; everything is as it was. */
    synchronized boolean abandonHandover() {
        boolean begun = handover == Handover.BEGUN;
        handover = begun ? Handover.NONE : handover;
        return begun;
    }

    synchronized Places placesToGive() {
        if (stopping || current == null) {
            throw new IllegalStateException(STOPPING);
        }
        return current.places();
    }

    /** Another process accepts from the sockets: lets go of them, serves what it has, and ends. */
    synchronized void completeHandover() {
        Places given = placesToGive();
        Running last = Objects.requireNonNull(current);
        handover = Handover.DONE;
        stopping = true;
        current = null;
        draining.add(last);
        publish();
        var left = given.listeners().stream().map(Listener::leave).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(left).get(MAX_HANDOVER.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(last.toString(), "still accepts: its loop does not end its turn");
        }
        retire(last);
    }

    /** Whether what tells others of this process belongs to another one by now. */
    boolean isHandedOver() {
        return handover == Handover.DONE;
    }

    private void publish() {
        List<Running> all = new ArrayList<>(draining);
        if (current != null) {
            all.add(current);
        }
        running = List.copyOf(all);
    }

    /** Those that drain, the oldest first, and last the one that serves. Never waits. */
    List<Running> running() {
        return running;
    }

    HttpTraffic traffic() {
        return traffic;
    }

    private List<Generations.One> shown() {
        return running().stream().map(Running::shown).toList();
    }

    /** All generations finish what they have begun, for at most as long as the configuration says. */
    void stop() {
        awaitReload();
        List<Thread> closing = new ArrayList<>();
        List<Running> all = begunToStop();
        Duration grace = all.isEmpty() ? Duration.ZERO : all.get(all.size() - 1).shutdownTimeout();
        for (Running each : all) {
            Thread thread = new Thread(() -> each.context().close(grace), "lwsws-stop");
            thread.start();
            closing.add(thread);
        }
        try {
            long deadlineNs = System.nanoTime() + grace.plus(MAX_OVERDUE).toNanos();
            for (Thread each : closing) {
                each.join(Math.max(1, (deadlineNs - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReload() {
        try {
            if (loading.tryLock(MAX_RELOAD.toNanos(), TimeUnit.NANOSECONDS)) {
                loading.unlock();
            } else {
                LOG.warn("reload", "is under way and does not end; not waiting for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Running> begunToStop() {
        stopping = true;
        if (running.isEmpty()) {
            end.countDown();
        }
        return running;
    }

    /** Waits until the last generation has ended. */
    void awaitEnd() throws InterruptedException {
        end.await();
    }
}
