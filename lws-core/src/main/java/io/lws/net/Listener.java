package io.lws.net;

import io.lws.IpFamilies;
import io.lws.Log;
import io.lws.loop.EventLoop;
import io.lws.spi.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket, or several on one port, with a life of its own. It listens from {@link #open} to {@link #close}; which context serves what
 * it accepts may change in between, and connections already accepted never notice. While no context serves it, callers
 * wait in the kernel's queue.
 *
 * <p>Any thread may call the public methods; accepting happens on the loop of whoever serves.
 */
public final class Listener {
    private static final Log LOG = Log.of("lws.listen");

    private final List<ListeningSocket> sockets;
    private final SocketAddress address;
    /** What it was opened for; {@code null} for a socket that somebody else has bound. */
    private final @Nullable IpFamilies asked;

    private volatile @Nullable Serving serving;
    /** What {@link #serving} waits for, until its loops have stopped to accept. */
    private volatile @Nullable Leaving leaving;
    /** Nobody may serve it any more; its loops close it when the last callers are in. */
    private volatile boolean closing;

    private Listener(List<? extends ListeningSocket> sockets, @Nullable IpFamilies asked) {
        this.sockets = List.copyOf(sockets);
        this.address = sockets.get(0).address();
        this.asked = asked;
    }

    /** What serves a listener's connections: where they go and who they may be for. */
    public interface Server {
        /** The loops that accept: each from one of the listener's sockets, the first where there is but one. */
        List<EventLoop> acceptLoops();

        VhostGroup vhosts();

        /** The role new connections start in. */
        Role role();

        /** The loop for one more connection, or {@code null} while there is no room for any. */
        @Nullable
        LoopNet place();

        /** As {@link #place}, where {@code accepting} has a socket of its own and need not hand anything on. */
        default @Nullable LoopNet placeOn(EventLoop accepting) {
            return place();
        }

        /** True once it has begun to end: whoever calls then is left to the next server. On the accept loop. */
        default boolean isEnding() {
            return false;
        }

        /** How long accepting rests when the system has no descriptor left. */
        long acceptBackoffNs();
    }

    /** Binds and listens. @throws IOException naming the address when that fails */
    public static Listener open(SocketAddress address, int backlog) throws IOException {
        return open(address, backlog, IpFamilies.BOTH);
    }

    /** As {@link #open(SocketAddress, int)}; on every interface for {@code families} only. */
    public static Listener open(SocketAddress address, int backlog, IpFamilies families) throws IOException {
        return new Listener(List.of(ListeningChannel.bind(address, backlog, families)), families);
    }

    /**
     * Binds and listens with one socket for each of {@code loops} loops, all on one port; the kernel divides the callers.
     * Where the platform does not share ports, and on unix sockets, it is one socket.
     */
    public static Listener openShared(SocketAddress address, int backlog, int loops) throws IOException {
        return openShared(address, backlog, IpFamilies.BOTH, loops);
    }

    /** As {@link #openShared(SocketAddress, int, int)}; on every interface for {@code families} only. */
    public static Listener openShared(SocketAddress address, int backlog, IpFamilies families, int loops)
            throws IOException {
        return new Listener(ListeningChannel.share(address, backlog, families, loops), families);
    }

    /**
     * Takes over a socket that listens already; it is made non-blocking and closed with the listener. The name of a unix
     * socket stays.
     *
     * @throws IllegalArgumentException where it does not listen, {@link IllegalStateException} where a selector has it
     */
    public static Listener adopt(ServerSocketChannel channel) throws IOException {
        return new Listener(List.of(ListeningChannel.adopt(channel)), null);
    }

    /** Takes over a listening socket of another kind. */
    public static Listener adopt(ListeningSocket socket) {
        return new Listener(List.of(socket), null);
    }

    /** All of {@code sockets}, which share one address, as one. */
    static Listener of(List<ListeningSocket> sockets) {
        return new Listener(sockets, null);
    }

    List<ListeningSocket> sockets() {
        return sockets;
    }

    /** The bound address, with the port the system chose where 0 was asked for. */
    public SocketAddress address() {
        return address;
    }

    /** The bound TCP port, or -1 on a unix socket. */
    public int port() {
        return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
    }

    /**
     * Whether it is what somebody asks for who wants {@code wanted}, and callers of {@code accepted} alone where that is
     * every interface. A socket that somebody else has bound may take fewer: see {@link #families}.
     */
    public boolean isFor(SocketAddress wanted, IpFamilies accepted) {
        if (!IpFamilies.isEveryInterface(address) || !IpFamilies.isEveryInterface(wanted)) {
            return address.equals(wanted);
        }
        boolean agrees = asked == null ? !isMoreThan(accepted) : asked == accepted;
        return agrees && port() == ((InetSocketAddress) wanted).getPort();
    }

    private boolean isMoreThan(IpFamilies accepted) {
        IpFamilies taken = families();
        return taken == null ? accepted.isExceededBy(address) : accepted != IpFamilies.BOTH && taken != accepted;
    }

    /**
     * Whose callers it takes where it listens on every interface, or {@code null} where only its address tells: somebody else
     * has bound it, and no poller has it that knows descriptors, such as epoll.
     */
    public @Nullable IpFamilies families() {
        return asked == null ? sockets.get(0).families() : asked;
    }

    public boolean isOpen() {
        return !closing && sockets.get(0).isOpen();
    }

    /** Who is served, and by what: one for each socket. */
    private record Serving(Server server, List<Accepting> accepting) {
        CompletableFuture<Void> start() {
            return all(accepting.stream().map(Accepting::start));
        }

        CompletableFuture<Void> stop() {
            return all(accepting.stream().map(Accepting::stop));
        }

        private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> steps) {
            return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new));
        }
    }

    private Serving serving(Server server) {
        List<EventLoop> loops = server.acceptLoops();
        List<Accepting> accepting = new ArrayList<>();
        for (int i = 0; i < sockets.size(); i++) {
            accepting.add(new Accepting(this, server, sockets.get(i), loops.get(i % loops.size())));
        }
        return new Serving(server, accepting);
    }

    /**
     * Hands the socket to {@code server}; whoever served it before stops accepting first. No attempt to connect is lost
     * or refused on the way. Completes when the new server accepts.
     */
    public synchronized CompletableFuture<Void> serve(Server server) {
        if (closing) {
            return CompletableFuture.failedFuture(new ClosedChannelException());
        }
        Serving before = serving;
        Serving after = serving(server);
        serving = after;
        if (before == null) {
            return after.start();
        }
        Leaving last = new Leaving(before, before.stop());
        leaving = last;
        return last.stopped.thenCompose(nothing -> {
            forget(last);
            return after.start();
        });
    }

    private record Leaving(Serving serving, CompletableFuture<Void> stopped) {}

    /** Nothing of a server that has left is kept. */
    private synchronized void forget(Leaving last) {
        if (leaving == last) {
            leaving = null;
        }
    }

    /**
     * As though whoever served before {@code server} had stopped, when that one's loop does not end its turn: both watch the
     * socket from here on, and the one before accepts nobody when it comes round to it. A caller whom it is accepting just
     * then is still its own.
     */
    public synchronized void overtake(Server server) {
        Leaving last = leaving;
        if (last != null && isServedBy(server)) {
            last.serving.accepting.forEach(Accepting::overtake);
            last.stopped.complete(null);
        }
    }

    /** Stops accepting for {@code server}, if it is still the one; the socket goes on listening. */
    public synchronized CompletableFuture<Void> release(Server server) {
        Serving now = serving;
        if (now == null || now.server != server) {
            return CompletableFuture.completedFuture(null);
        }
        serving = null;
        return now.stop();
    }

    /** A connection of {@code server} has gone: if accepting rested for want of room, it goes on. */
    public void resume(Server server) {
        Serving now = serving;
        if (now != null && now.server == server) {
            now.accepting.forEach(Accepting::resume);
        }
    }

    /** Whether {@code server} is the one that accepts. */
    public boolean isServedBy(Server server) {
        Serving now = serving;
        return now != null && now.server == server;
    }

    /** {@link #close}, unless somebody else than {@code server} serves it by now. */
    public synchronized void closeIfServedBy(Server server) {
        if (isServedBy(server)) {
            close();
        }
    }

    /**
     * As {@link #closeIfServedBy}, but everybody who has called by then is let in: closing resets those who wait. The loops
     * that accept do so in tasks of their own, before whatever they are asked for next.
     */
    public synchronized void closeAfterLastCall(Server server) {
        Serving now = serving;
        if (now != null && now.server == server) {
            closing = true;
            serving = null;
            now.accepting.forEach(Accepting::closeAfterLastCall);
        }
    }

    /**
     * Lets go of the socket where another process holds it too (see {@link SocketHandover}): stops accepting, and closes
     * this process's end when that is done. Callers who wait are accepted over there. Completes then.
     */
    public synchronized CompletableFuture<Void> leave() {
        Serving now = serving;
        serving = null;
        CompletableFuture<Void> stopped = now == null ? CompletableFuture.completedFuture(null) : now.stop();
        return stopped.thenRun(() -> sockets.forEach(this::leave));
    }

    /** Closes the socket; accepted connections go on. Callers still in the kernel's queue are reset. Idempotent. */
    public synchronized void close() {
        Serving now = serving;
        serving = null;
        if (now != null) {
            now.accepting.forEach(Accepting::hangUp);
            var unused = now.stop();
        }
        sockets.forEach(this::close);
    }

    void close(ListeningSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.warn(toString(), "closing: " + e.getMessage());
        }
    }

    private void leave(ListeningSocket socket) {
        try {
            socket.leave();
        } catch (IOException e) {
            LOG.warn(toString(), "closing: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "listen " + address;
    }
}
