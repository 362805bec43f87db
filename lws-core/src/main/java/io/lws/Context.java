package io.lws;

import io.lws.loop.EventLoop;
import io.lws.loop.NanoClock;
import io.lws.loop.Poller;
import io.lws.net.Adoption;
import io.lws.net.Listener;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.tls.VhostTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs together: loops, vhosts and the listeners they share (lws: lws_context). Contexts in one process
 * know nothing of each other, except that a listener may be handed from one to another.
 *
 * <p>Built listening; serves from {@link #run} or {@link #start} until {@link #close}, which any thread may call.
 */
public final class Context implements AutoCloseable {
    private static final Log LOG = Log.of("lws.context");
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(1);
    private static final Duration MAX_OVERDUE = Duration.ofSeconds(5);

    private final Limits limits;
    private final List<Vhost> vhosts;
    private final List<Role> roles;
    private final List<LoopNet> nets = new ArrayList<>();
    private final Map<SocketAddress, ServedListener> services = new LinkedHashMap<>();
    private final List<Runnable> onClosed;
    private final AtomicInteger running;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Shutdown shutdown = new Shutdown(nets);
    private final CompletableFuture<Void> accepting;
    private final List<Thread> shutdownHooks = new ArrayList<>();
    private Life life = Life.BUILT;

    /** Guarded by this context's monitor. The last state, closed, is {@link #ended}. */
    private enum Life {
        BUILT,
        RUNNING,
        CLOSING
    }

    private Context(Builder from) {
        limits = from.limits;
        vhosts = List.copyOf(from.vhosts);
        roles = from.allRoles();
        onClosed = List.copyOf(from.onClosed);
        running = new AtomicInteger(from.loops);
        try {
            for (int i = 0; i < from.loops; i++) {
                EventLoop loop = new EventLoop(i, from.openPoller(), from.clock);
                nets.add(new LoopNet(loop, limits, this::roomAgain));
                loop.atEnd(this::loopEnded);
            }
            vhosts.forEach(vhost -> vhost.bind(this));
            Addresses addresses = from.addresses();
            addresses.groups().forEach((address, group) -> services.put(address, service(addresses, address, group)));
        } catch (Throwable e) {
            services.values().forEach(ServedListener::giveUp);
            release();
            throw e;
        }
        // only what cannot fail any more: a listener that others serve until now must not suffer from our mistakes
        accepting = CompletableFuture.allOf(
                services.values().stream().map(ServedListener::serve).toArray(CompletableFuture<?>[]::new));
    }

    public static Builder builder() {
        return new Builder();
    }

    // ---- running

    /**
     * Makes this thread the service thread of loop 0, starts threads for the others, and returns after the close. At
     * once when it was closed before.
     */
    public void run() {
        if (startThreads(1)) {
            service(nets.get(0).loop());
            awaitEnd();
        }
    }

    /** Starts a thread for every loop and returns at once. Starts none when it was closed before. */
    public Context start() {
        startThreads(0);
        return this;
    }

    private synchronized boolean startThreads(int from) {
        if (life == Life.RUNNING) {
            throw new IllegalStateException("the context runs already");
        }
        if (life == Life.CLOSING) {
            return false;
        }
        life = Life.RUNNING;
        Log.prepare();
        for (int i = from; i < nets.size(); i++) {
            EventLoop loop = nets.get(i).loop();
            new Thread(() -> service(loop), "lws-" + i).start();
        }
        return true;
    }

    private void service(EventLoop loop) {
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            LOG.error("loop " + loop.index(), "the loop failed; the context closes", e);
            throw e;
        }
    }

    /** One that ends before the others takes them with it: what it had accepted for is gone. */
    private void loopEnded() {
        if (running.decrementAndGet() == 0) {
            release();
        } else {
            beginClose(Duration.ZERO);
        }
    }

    // ---- ending

    /** {@link #close(Duration)} with a second of grace. */
    @Override
    public void close() {
        close(DEFAULT_GRACE);
    }

    /**
     * Stops accepting, lets sessions finish what they have begun for at most {@code grace}, then cuts what is left and
     * frees everything. Waits for the end unless called on one of the context's own loops. Idempotent, any thread.
     */
    public void close(Duration grace) {
        beginClose(grace);
        if (nets.stream().noneMatch(net -> net.loop().inLoop())) {
            awaitEnd();
        }
    }

    /**
     * Gives way to another context that has taken over its listeners: closes the listeners nobody took, accepts no more,
     * and closes when its last connection has gone. Until then connections live on as they are; an HTTP client is asked
     * to connect anew with its next answer. {@link #close(Duration)} may end that at any time. Any thread, does not wait.
     */
    public void retire() {
        if (isServing()) {
            services.values().forEach(ServedListener::closeAfterLastCall);
            shutdown.retire(this::closeIfRetiredAndEmpty);
        } else {
            beginClose(Duration.ZERO);
        }
    }

    /**
     * Waits until whoever calls from now on reaches this context, also at listeners that another context served: that one
     * may have to end a turn first. False when it has not come to that by then. Off the loops, once it runs.
     */
    public boolean awaitAccepting(Duration limit) throws InterruptedException {
        try {
            accepting.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Does not wait any longer for the loops of another context that served its listeners: one whose callback does not
     * return would keep all callers waiting. Any thread.
     */
    public void overtake() {
        services.values().forEach(ServedListener::overtake);
    }

    private synchronized boolean isServing() {
        return life != Life.CLOSING && hasStarted();
    }

    /** Also by a foreign loop, which asks nobody before it takes its first turn. */
    private boolean hasStarted() {
        return life == Life.RUNNING || nets.stream().anyMatch(net -> net.loop().isBound());
    }

    private void closeIfRetiredAndEmpty() {
        if (shutdown.isRetired() && connections() == 0) {
            beginClose(Duration.ZERO);
        }
    }

    private void beginClose(Duration grace) {
        boolean started = hasStarted();
        boolean turnedByUs = markClosing();
        services.values().forEach(started ? ServedListener::closeAfterLastCall : ServedListener::close);
        shutdown.begin(grace);
        if (!turnedByUs) {
            nets.stream().map(LoopNet::loop).filter(loop -> !loop.isBound()).forEach(EventLoop::run);
        }
    }

    private synchronized boolean markClosing() {
        boolean turnedByUs = life != Life.BUILT;
        life = Life.CLOSING;
        return turnedByUs;
    }

    /**
     * Closes the context when the process is asked to end (SIGINT, SIGTERM), with {@code grace}. The process does not
     * wait much longer than that for callbacks that do not return.
     */
    public synchronized Context closeOnShutdown(Duration grace) {
        if (isClosed()) {
            return this;
        }
        Thread hook = new Thread(() -> closeWithin(grace), "lws-shutdown");
        shutdownHooks.add(hook);
        Runtime.getRuntime().addShutdownHook(hook);
        return this;
    }

    private void closeWithin(Duration grace) {
        beginClose(grace);
        try {
            if (!awaitClosed(grace.plus(MAX_OVERDUE))) {
                LOG.warn("context", "callbacks still run; not waiting for them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True once every loop has ended and everything is freed. */
    public boolean isClosed() {
        return ended.getCount() == 0;
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@link #awaitEnd} with a limit; false when it is not closed by then. */
    public boolean awaitClosed(Duration limit) throws InterruptedException {
        return ended.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    }

    private synchronized void release() {
        if (isClosed()) {
            return;
        }
        try {
            services.values().forEach(ServedListener::close);
            for (LoopNet net : nets) {
                net.loop().poller().close();
            }
            vhosts.forEach(vhost -> vhost.unbind(this));
            shutdownHooks.forEach(Context::forget);
            onClosed.forEach(Context::runGuarded);
        } finally {
            ended.countDown();
        }
    }

    /** The hook would keep a closed context, and the plugins' classes with it, for as long as the process lives. */
    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs or has run
            return;
        }
    }

    private static void runGuarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("context", "an onClosed action threw", e);
        }
    }

    // ---- what it holds

    public List<Vhost> vhosts() {
        return vhosts;
    }

    public Limits limits() {
        return limits;
    }

    public List<EventLoop> loops() {
        return nets.stream().map(LoopNet::loop).toList();
    }

    /** The network half of each loop, for roles that open connections of their own. */
    public List<LoopNet> nets() {
        return nets;
    }

    /** Open connections, those on their way to a loop included. */
    public int connections() {
        int sum = 0;
        for (LoopNet net : nets) {
            sum += net.load();
        }
        return sum;
    }

    private int handshakes() {
        int sum = 0;
        for (LoopNet net : nets) {
            sum += net.handshakes();
        }
        return sum;
    }

    /** The listeners this context serves at the moment. */
    public List<Listener> listeners() {
        return services.values().stream()
                .filter(ServedListener::isServed)
                .map(ServedListener::listener)
                .toList();
    }

    /** The socket that one of its vhosts listens on, whoever serves it by now, or {@code null} where it listens on none. */
    public @Nullable Listener listener(Vhost vhost) {
        SocketAddress address = vhost.listenAddress();
        ServedListener service = address == null ? null : services.get(address);
        return service == null ? null : service.listener();
    }

    // ---- accepting

    private ServedListener service(Addresses addresses, SocketAddress address, VhostGroup group) {
        Role role = role(group);
        IpFamilies families = IpFamilies.ofAll(group.vhosts());
        Listener given = addresses.given(address, families);
        return given == null
                ? ServedListener.opened(this, addresses.open(address, families), group, role)
                : ServedListener.takenOver(this, given, group, role);
    }

    private static boolean beginsWithTls(Vhost vhost) {
        VhostTls tls = vhost.tls();
        return tls != null && tls.fromTheStart();
    }

    /**
     * Serves something that exists already as if a listener of {@code vhost} had accepted it, TLS included, on the loop
     * with the fewest connections. Any thread. Completes when it is a connection; fails as {@link LoopNet#adopt} does,
     * and with {@link IllegalStateException} while the context is full or closing.
     */
    public CompletableFuture<Void> adopt(Vhost vhost, Adoption adopted) {
        LoopNet net = leastLoaded();
        if (net == null || vhost.context() != this) {
            throw new IllegalStateException(
                    net == null ? "the context has no room" : "vhost " + vhost + " is not of this context");
        }
        VhostGroup group = new VhostGroup(List.of(vhost));
        return AdoptionTask.run(net, adopted, role(group), group);
    }

    private Role role(VhostGroup group) {
        boolean tls = group.vhosts().stream().anyMatch(Context::beginsWithTls);
        return tls
                ? VhostTls.accepting(group, this::rolesFor)
                : rolesFor(group.first()).get(0);
    }

    /** The roles that can serve {@code vhost}, the preferred first; of those it names, that one. */
    public List<Role> rolesFor(Vhost vhost) {
        String wanted = vhost.acceptRole();
        List<Role> found = roles.stream()
                .filter(role ->
                        wanted == null ? role.canAccept(vhost) : role.name().equals(wanted))
                .toList();
        if (found.isEmpty()) {
            throw new VhostException(
                    vhost,
                    wanted == null ? ": no role can serve its protocols and mounts" : ": no role is called " + wanted,
                    null);
        }
        return found;
    }

    private void roomAgain() {
        services.values().forEach(ServedListener::roomAgain);
        closeIfRetiredAndEmpty();
    }

    /** On loop 0, which accepts. */
    boolean isEnding() {
        return shutdown.isAcceptingOver();
    }

    boolean hasRoom() {
        return connections() < limits.maxConnections() && handshakes() < limits.maxHandshakes();
    }

    /** The loop with the fewest connections, or {@code null} while the context is full. */
    @Nullable
    LoopNet leastLoaded() {
        if (!hasRoom()) {
            return null;
        }
        LoopNet best = nets.get(0);
        for (int i = 1; i < nets.size(); i++) {
            best = nets.get(i).load() < best.load() ? nets.get(i) : best;
        }
        return best;
    }

    /** Collects what a context is; every call may be left out. One thread. */
    public static final class Builder {
        private final List<Vhost> vhosts = new ArrayList<>();
        private final List<Role> roles = new ArrayList<>();
        private final List<Runnable> onClosed = new ArrayList<>();
        private final List<Listener> listeners = new ArrayList<>();
        private Limits limits = Limits.DEFAULT;
        private NanoClock clock = NanoClock.SYSTEM;
        private String poller = System.getProperty("lws.poller", "nio");
        private int loops = 1;
        private boolean sharedPorts;
        private boolean listening = true;

        private Builder() {}

        public Builder vhost(Vhost vhost) {
            vhosts.add(vhost);
            return this;
        }

        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** How many loops, each with its own thread (lws: count-threads). */
        public Builder loops(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("loops must be above 0, not " + count);
            }
            loops = count;
            return this;
        }

        /**
         * {@code nio}, unless the system property {@code lws.poller} says otherwise; the name of a {@link io.lws.spi.PollerProvider} on the class path, with its options behind a colon
         * where it takes any; or {@code auto} for the best of these that works here.
         */
        public Builder poller(String name) {
            poller = name;
            return this;
        }

        /**
         * Every loop accepts from a socket of its own on each TCP port (SO_REUSEPORT) and keeps what it accepts, where the
         * platform shares ports; else, and without this, loop 0 accepts for the loop with the fewest connections.
         */
        public Builder acceptOnEveryLoop() {
            sharedPorts = true;
            return this;
        }

        /** Takes no address: tries out whether protocols can be bound as they are described. */
        public Builder withoutListening() {
            listening = false;
            return this;
        }

        /** Adds a role beside those found by {@link ServiceLoader}. */
        public Builder role(Role role) {
            roles.add(role);
            return this;
        }

        /**
         * Uses a socket that listens already for the vhosts with its address; it changes hands when this is built, and
         * {@link Context#awaitAccepting} tells when that is done. One that has been closed is a {@link ListenException}.
         */
        public Builder listener(Listener listener) {
            listeners.add(listener);
            return this;
        }

        /** Replaces the clock, for tests. */
        public Builder clock(NanoClock value) {
            clock = value;
            return this;
        }

        /** Runs {@code action} once, after the last connection and the last protocol instance are gone. */
        public Builder onClosed(Runnable action) {
            onClosed.add(action);
            return this;
        }

        /**
         * Binds protocols and listens.
         *
         * @throws ListenException naming the address that could not be listened on
         * @throws IllegalArgumentException for what cannot work, naming vhost and protocol; nothing is left open
         */
        public Context build() {
            return new Context(this);
        }

        private Addresses addresses() {
            return new Addresses(listening ? vhosts : List.of(), listeners, sharedPorts ? loops : 1);
        }

        private List<Role> allRoles() {
            List<Role> all = new ArrayList<>(roles);
            ServiceLoader.load(Role.class, Role.class.getClassLoader()).forEach(all::add);
            all.sort((one, other) -> Integer.compare(other.priority(), one.priority()));
            return List.copyOf(all);
        }

        private Poller openPoller() {
            try {
                return PollerChoice.open(poller);
            } catch (IOException e) {
                throw new UncheckedIOException("opening the " + poller + " poller", e);
            }
        }
    }
}
