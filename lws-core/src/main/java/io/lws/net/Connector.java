package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import io.lws.loop.Timer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes one outgoing connection on a loop: looks the host up, then races its addresses (RFC 8305: the next one starts
 * when the last has failed, or has not succeeded in 250 ms), within one time limit. The first that connects wins.
 *
 * <p>Loop's thread only. {@link Outcome} hears exactly once, unless {@link #cancel} came before.
 */
public final class Connector {
    private static final long STAGGER_NS = Duration.ofMillis(250).toNanos();

    /** Who waits for the connection. */
    public interface Outcome {
        /** {@code channel} is connected and non-blocking, and the listener's from now on. */
        void onConnected(SocketChannel channel);

        /** Nothing could be reached; {@code why} names what was tried last. */
        void onFailed(IOException why);
    }

    private final EventLoop loop;
    private final Outcome outcome;
    private final Timer limit = new Timer(nowNs -> fail(new SocketTimeoutException("connecting took too long")));
    private final Timer stagger = new Timer(nowNs -> startNext());
    private final ArrayDeque<SocketAddress> waiting = new ArrayDeque<>();
    private final List<Try> running = new ArrayList<>();
    private @Nullable IOException lastFailure;
    private boolean over;

    private Connector(EventLoop loop, Outcome outcome) {
        this.loop = loop;
        this.outcome = outcome;
    }

    /** Begins to connect to {@code host}, a name or an address, by way of {@code resolver}. */
    public static Connector connect(
            EventLoop loop, Resolver resolver, String host, int port, Duration timeout, Outcome outcome) {
        Connector connector = begin(loop, timeout, outcome);
        try {
            var unused = resolver.resolve(host)
                    .whenComplete((found, failure) -> loop.execute(() -> connector.resolved(found, failure, port)));
        } catch (RuntimeException e) {
            loop.serveThisTurn(() -> connector.fail(new IOException("looking up " + host + ": " + e, e)));
        }
        return connector;
    }

    /** Begins to connect to an address, TCP or unix. */
    public static Connector connect(EventLoop loop, SocketAddress address, Duration timeout, Outcome outcome) {
        Connector connector = begin(loop, timeout, outcome);
        connector.waiting.add(address);
        loop.serveThisTurn(connector::startNext);
        return connector;
    }

    private static Connector begin(EventLoop loop, Duration timeout, Outcome outcome) {
        loop.assertInLoop();
        Connector connector = new Connector(loop, outcome);
        loop.schedule(connector.limit, TimeUnit.NANOSECONDS.convert(timeout));
        return connector;
    }

    /** Gives up; nobody is told. Idempotent. */
    public void cancel() {
        if (!over) {
            over = true;
            loop.cancel(limit);
            loop.cancel(stagger);
            running.forEach(Try::close);
            running.clear();
        }
    }

    private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure, int port) {
        if (over) {
            return;
        }
        if (failure != null || found == null || found.isEmpty()) {
            fail(SystemResolver.failure(failure == null ? new IOException("no address") : failure));
            return;
        }
        try {
            waiting.addAll(AddressRace.order(found, port));
        } catch (IllegalArgumentException e) {
            fail(new IOException("no such port: " + port, e));
            return;
        }
        startNext();
    }

    private void startNext() {
        if (over) {
            return;
        }
        SocketAddress next = waiting.poll();
        if (next != null) {
            if (!waiting.isEmpty()) {
                loop.schedule(stagger, STAGGER_NS);
            }
            start(next);
        } else if (running.isEmpty()) {
            fail(lastFailure == null ? new ConnectException("no address to connect to") : lastFailure);
        }
    }

    private void start(SocketAddress address) {
        Try attempt = new Try(address);
        running.add(attempt);
        SocketChannel connected;
        try {
            connected = attempt.begin();
        } catch (IOException | RuntimeException e) {
            failed(attempt, e);
            return;
        }
        if (connected != null) {
            succeeded(attempt, connected);
        }
    }

    private void failed(Try attempt, Exception why) {
        running.remove(attempt);
        attempt.close();
        lastFailure = new IOException(attempt.address + ": " + why.getMessage(), why);
        startNext();
    }

    private void succeeded(Try attempt, SocketChannel channel) {
        running.remove(attempt);
        cancel();
        outcome.onConnected(channel);
    }

    private void fail(IOException why) {
        if (!over) {
            cancel();
            outcome.onFailed(why);
        }
    }

    /** One address. */
    private final class Try implements Pollable {
        private final SocketAddress address;
        private @Nullable SocketChannel channel;
        private Poller.@Nullable Registration registration;

        Try(SocketAddress address) {
            this.address = address;
        }

        /** The channel where it is connected at once, as unix sockets are. */
        @Nullable
        SocketChannel begin() throws IOException {
            boolean unix = address instanceof UnixDomainSocketAddress;
            SocketChannel opened = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            if (address instanceof InetSocketAddress) {
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            if (opened.connect(address)) {
                release();
                return opened;
            }
            registration = loop.poller().register(opened, Interest.CONNECT, this);
            return null;
        }

        /** Not here: a poller must not be given the channel again while it reports. */
        @Override
        public void onReady(int ready) {
            Poller.Registration key = registration;
            if (key != null) {
                key.interest(Interest.NONE);
                loop.serveThisTurn(this::finish);
            }
        }

        private void finish() {
            SocketChannel connecting = channel;
            if (connecting == null) {
                return;
            }
            try {
                if (connecting.finishConnect()) {
                    release();
                    succeeded(this, connecting);
                } else if (registration != null) {
                    registration.interest(Interest.CONNECT);
                }
            } catch (IOException e) {
                failed(this, e);
            }
        }

        /** The channel is somebody else's now. */
        private void release() {
            channel = null;
            if (registration != null) {
                registration.cancel();
                registration = null;
            }
        }

        void close() {
            SocketChannel closing = channel;
            release();
            if (closing != null) {
                try {
                    closing.close();
                } catch (IOException e) {
                    // it never was a connection
                    return;
                }
            }
        }
    }
}
