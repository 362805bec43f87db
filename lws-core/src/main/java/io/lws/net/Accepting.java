package io.lws.net;

import io.lws.ConnectionFilter;
import io.lws.Log;
import io.lws.loop.EventLoop;
import io.lws.loop.Pollable;
import io.lws.loop.Timer;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Accepts from one socket of a {@link Listener} on behalf of one server. What is not said to be for any thread belongs to
 * that server's accept loop.
 */
final class Accepting implements Pollable {
    private static final Log LOG = Log.of("lws.listen");
    /** Accepts in a row before other channels get their turn. */
    private static final int ACCEPT_BATCH = 64;
    /** Accepts of those who wait when a listener closes. */
    private static final int LAST_CALL = 8192;

    private final Listener listener;
    private final Listener.Server server;
    private final ListeningSocket socket;
    private final EventLoop loop;
    private final Timer retry = new Timer(nowNs -> resumeIfResting());
    private volatile @Nullable Acceptor acceptor;
    private volatile boolean resting;
    /** Another accepts from the socket already. */
    private volatile boolean overtaken;
    /** {@link #stop} may overtake {@link #start}, which waits for the server before. */
    private boolean stopped;
    /** Whether the log knows why accepting rests; it is told anew after the next accepted connection. */
    private boolean complained;

    Accepting(Listener listener, Listener.Server server, ListeningSocket socket, EventLoop loop) {
        this.listener = listener;
        this.server = server;
        this.socket = socket;
        this.loop = loop;
    }

    /** Any thread. */
    void hangUp() {
        Acceptor last = acceptor;
        if (last != null && !socket.mayBeShared()) {
            last.hangUp();
        }
    }

    /** Any thread. Completes when it accepts. */
    CompletableFuture<Void> start() {
        return onLoop(() -> {
            if (!stopped) {
                Acceptor opening = socket.acceptor(loop);
                opening.open(this);
                acceptor = opening;
            }
        });
    }

    /** Accepts nobody any more, whenever its loop comes round to it. Any thread. */
    void overtake() {
        overtaken = true;
    }

    /** Any thread. Completes also where the loop has ended: then nobody accepts. */
    CompletableFuture<Void> stop() {
        return onLoop(this::stopHere).exceptionally(loopHasEnded -> null);
    }

    private void stopHere() {
        stopped = true;
        resting = false;
        loop.cancel(retry);
        Acceptor last = acceptor;
        acceptor = null;
        if (last != null) {
            last.close();
        }
    }

    /**
     * The kernel answers callers for as long as the socket is open, and resets those whom nobody has accepted when it
     * is closed. So it is closed right behind the accept that finds nobody, on the thread that accepts, and everything
     * that takes time has happened before. Any thread.
     */
    void closeAfterLastCall() {
        var unused = onLoop(this::lastCall).exceptionally(loopHasEnded -> {
            listener.close(socket);
            return null;
        });
    }

    private void lastCall() {
        Acceptor last = acceptor;
        if (last != null) {
            try {
                socket.withdraw();
                last.unwatch();
            } catch (IOException e) {
                LOG.warn(listener.toString(), "closing: " + e.getMessage());
            }
            acceptAtMost(LAST_CALL);
            // those who came while the first ones were let in, with all that takes loaded by now
            acceptAtMost(LAST_CALL);
        }
        listener.close(socket);
        stopHere();
    }

    /** There is room again. Any thread. */
    void resume() {
        if (resting) {
            loop.execute(this::resumeIfResting);
        }
    }

    private CompletableFuture<Void> onLoop(ThrowingRunnable step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(new EventLoop.Task() {
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
        if (server.isEnding() || overtaken) {
            pause();
            return;
        }
        acceptAtMost(ACCEPT_BATCH);
    }

    private void acceptAtMost(int count) {
        Acceptor from = acceptor;
        for (int i = 0; i < count && from != null && !overtaken; i++) {
            LoopNet place = listener.sockets().size() > 1 ? server.placeOn(loop) : server.place();
            if (place == null) {
                rest("no room for another connection");
                return;
            }
            Transport accepted;
            try {
                accepted = from.accept();
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                rest(String.valueOf(e.getMessage()));
                return;
            }
            if (accepted == null) {
                return;
            }
            if (isAdmitted(accepted)) {
                hand(accepted, place);
            } else {
                accepted.close();
            }
        }
    }

    /** Who cannot be told by an address has gone already. */
    private boolean isAdmitted(Transport accepted) {
        ConnectionFilter filter = server.vhosts().first().option(ConnectionFilter.class);
        if (filter == null) {
            return true;
        }
        SocketAddress caller = accepted.remoteAddress();
        try {
            return caller != null && filter.admits().test(caller);
        } catch (RuntimeException e) {
            LOG.error(listener.toString(), "the connection filter threw; the caller is turned away", e);
            return false;
        }
    }

    /** Watching a full queue that cannot be emptied would spin: look away for a while. */
    private void rest(String why) {
        pause();
        resting = true;
        if (!complained) {
            complained = true;
            LOG.warn(listener.toString(), "accepting rests: " + why);
        }
        loop.schedule(retry, server.acceptBackoffNs());
    }

    private void pause() {
        Acceptor watching = acceptor;
        if (watching != null) {
            watching.pause();
        }
    }

    private void resumeIfResting() {
        Acceptor rested = acceptor;
        if (resting && rested != null) {
            resting = false;
            loop.cancel(retry);
            rested.resume();
        }
    }

    private void hand(Transport accepted, LoopNet place) {
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
                accepted.close();
                place.loseOne();
            }
        });
    }

    private void adopt(Transport accepted, LoopNet place) {
        try {
            Connection.openExpected(place, accepted, connection -> server.role().accept(connection, server.vhosts()));
        } catch (Throwable e) {
            LOG.error(listener.toString(), "an accepted connection could not be opened", e);
        }
    }

    /** A step that may fail with what channels throw. */
    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws IOException;
    }
}
