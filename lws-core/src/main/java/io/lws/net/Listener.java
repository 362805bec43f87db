package io.lws.net;

import io.lws.Log;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import io.lws.loop.Timer;
import io.lws.spi.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket with a life of its own. It listens from {@link #open} to {@link #close}; which context serves what
 * it accepts may change in between, and connections already accepted never notice. While no context serves it, callers
 * wait in the kernel's queue.
 *
 * <p>Any thread may call the public methods; accepting happens on the loop of whoever serves.
 */
public final class Listener {
    private static final Log LOG = Log.of("lws.listen");
    /** Accepts in a row before other channels get their turn. */
    private static final int ACCEPT_BATCH = 64;

    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private volatile @Nullable Service service;

    private Listener(ServerSocketChannel channel, SocketAddress address) {
        this.channel = channel;
        this.address = address;
    }

    /** What serves a listener's connections: where they go and who they may be for. */
    public interface Server {
        /** The loop that accepts. */
        EventLoop acceptLoop();

        VhostGroup vhosts();

        /** The role new connections start in. */
        Role role();

        /** The loop for one more connection, or {@code null} while there is no room for any. */
        @Nullable
        LoopNet place();

        /** True once it has begun to end: whoever calls then is left to the next server. On the accept loop. */
        default boolean isEnding() {
            return false;
        }

        /** How long accepting rests when the system has no descriptor left. */
        long acceptBackoffNs();
    }

    /** Binds and listens. @throws IOException naming the address when that fails */
    public static Listener open(SocketAddress address, int backlog) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        ServerSocketChannel channel =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (!unix) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            channel.bind(address, backlog);
            channel.configureBlocking(false);
            return new Listener(channel, channel.getLocalAddress());
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** The bound address, with the port the system chose where 0 was asked for. */
    public SocketAddress address() {
        return address;
    }

    /** The bound TCP port, or -1 on a unix socket. */
    public int port() {
        return address instanceof InetSocketAddress inet ? inet.getPort() : -1;
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    /**
     * Hands the socket to {@code server}; whoever served it before stops accepting first. No attempt to connect is lost
     * or refused on the way. Completes when the new server accepts.
     */
    public synchronized CompletableFuture<Void> serve(Server server) {
        Service before = service;
        Service after = new Service(server);
        service = after;
        CompletableFuture<Void> stopped = before == null ? CompletableFuture.completedFuture(null) : before.stop();
        return stopped.thenCompose(nothing -> after.start());
    }

    /** Stops accepting for {@code server}, if it is still the one; the socket goes on listening. */
    public synchronized CompletableFuture<Void> release(Server server) {
        Service now = service;
        if (now == null || now.server != server) {
            return CompletableFuture.completedFuture(null);
        }
        service = null;
        return now.stop();
    }

    /** A connection of {@code server} has gone: if accepting rested for want of room, it goes on. */
    public void resume(Server server) {
        Service now = service;
        if (now != null && now.resting && now.server == server) {
            now.server.acceptLoop().execute(now::resumeIfResting);
        }
    }

    /** Whether {@code server} is the one that accepts. */
    public boolean isServedBy(Server server) {
        Service now = service;
        return now != null && now.server == server;
    }

    /** {@link #close}, unless somebody else than {@code server} serves it by now. */
    public synchronized void closeIfServedBy(Server server) {
        if (isServedBy(server)) {
            close();
        }
    }

    /** Closes the socket; accepted connections go on. Callers still in the kernel's queue are reset. Idempotent. */
    public synchronized void close() {
        Service now = service;
        service = null;
        if (now != null) {
            var unused = now.stop();
        }
        boolean first = channel.isOpen();
        try {
            channel.close();
            if (first && address instanceof UnixDomainSocketAddress unix) {
                // the kernel leaves the name behind, and nobody could listen there again
                Files.deleteIfExists(unix.getPath());
            }
        } catch (IOException e) {
            LOG.warn(toString(), "closing: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "listen " + address;
    }

    /** Accepting on behalf of one server. Everything but its making belongs to that server's accept loop. */
    private final class Service implements Pollable {
        private final Server server;
        private final Timer retry = new Timer(nowNs -> resumeIfResting());
        private Poller.@Nullable Registration registration;
        private volatile boolean resting;
        /** {@link #stop} may overtake {@link #start}, which waits for the server before. */
        private boolean stopped;
        /** Whether the log knows why accepting rests; it is told anew after the next accepted connection. */
        private boolean complained;

        Service(Server server) {
            this.server = server;
        }

        CompletableFuture<Void> start() {
            return onLoop(() -> {
                if (!stopped) {
                    registration = server.acceptLoop().poller().register(channel, Interest.ACCEPT, this);
                }
            });
        }

        /** Completes also where the loop has ended: then nobody accepts. */
        CompletableFuture<Void> stop() {
            return onLoop(() -> {
                        stopped = true;
                        resting = false;
                        server.acceptLoop().cancel(retry);
                        if (registration != null) {
                            registration.cancel();
                            registration = null;
                        }
                    })
                    .exceptionally(loopHasEnded -> null);
        }

        private CompletableFuture<Void> onLoop(ThrowingRunnable step) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            server.acceptLoop().execute(new EventLoop.Task() {
                @Override
                public void run() {
                    try {
                        step.run();
                        done.complete(null);
                    } catch (IOException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                }

                @Override
                public void dropped() {
                    done.completeExceptionally(new IllegalStateException("the loop that should accept has ended"));
                }
            });
            return done;
        }

        @Override
        public void onReady(int ready) {
            if (server.isEnding()) {
                pause();
                return;
            }
            for (int i = 0; i < ACCEPT_BATCH; i++) {
                LoopNet place = server.place();
                if (place == null) {
                    rest("no room for another connection");
                    return;
                }
                SocketChannel accepted;
                try {
                    accepted = channel.accept();
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    rest(String.valueOf(e.getMessage()));
                    return;
                }
                if (accepted == null) {
                    return;
                }
                hand(accepted, place);
            }
        }

        /** Watching a full queue that cannot be emptied would spin: look away for a while. */
        private void rest(String why) {
            pause();
            resting = true;
            if (!complained) {
                complained = true;
                LOG.warn(Listener.this.toString(), "accepting rests: " + why);
            }
            server.acceptLoop().schedule(retry, server.acceptBackoffNs());
        }

        private void pause() {
            if (registration != null) {
                registration.interest(Interest.NONE);
            }
        }

        private void resumeIfResting() {
            Poller.Registration key = registration;
            if (resting && key != null) {
                resting = false;
                server.acceptLoop().cancel(retry);
                key.interest(Interest.ACCEPT);
            }
        }

        private void hand(SocketChannel accepted, LoopNet place) {
            complained = false;
            place.expectOne();
            if (place.loop().inLoop()) {
                adopt(accepted, place);
                return;
            }
            place.loop().execute(new EventLoop.Task() {
                @Override
                public void run() {
                    adopt(accepted, place);
                }

                @Override
                public void dropped() {
                    new PlainTransport(accepted).close();
                    place.loseOne();
                }
            });
        }

        private void adopt(SocketChannel accepted, LoopNet place) {
            PlainTransport transport = new PlainTransport(accepted);
            try {
                prepare(accepted);
            } catch (IOException e) {
                // reset between the kernel's queue and here
                transport.close();
                place.forgetOne();
                return;
            }
            try {
                Connection.openExpected(
                        place, transport, connection -> server.role().accept(connection, server.vhosts()));
            } catch (Throwable e) {
                LOG.error(Listener.this.toString(), "an accepted connection could not be opened", e);
            }
        }

        private void prepare(SocketChannel accepted) throws IOException {
            accepted.configureBlocking(false);
            if (address instanceof InetSocketAddress) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
        }
    }

    /** A step that may fail with what channels throw. */
    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws IOException;
    }
}
