package io.lws.integration;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A server in the test's own process, to be looked into: it counts its sessions and remembers them weakly. */
final class EchoServer implements AutoCloseable {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Collection<WeakReference<WsSession<Void>>> sessions = new ConcurrentLinkedQueue<>();
    private final Context context;
    private final Vhost vhost;

    EchoServer(int loops) {
        this(loops, null);
    }

    /** On that poller; {@code null} = the one that this run of tests is about. */
    EchoServer(int loops, @Nullable String poller) {
        vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> new Echo())
                .build();
        Context.Builder builder = Context.builder().loops(loops).vhost(vhost);
        context = (poller == null ? builder : builder.poller(poller)).build().start();
    }

    private final class Echo implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            opened.incrementAndGet();
            sessions.add(new WeakReference<>(ws));
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            ws.post(rx.toMessage());
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            closed.incrementAndGet();
        }
    }

    Context context() {
        return context;
    }

    int port() {
        return vhost.port();
    }

    /** Sessions that the collector has not taken. */
    long reachableSessions() {
        System.gc();
        return sessions.stream().filter(each -> each.get() != null).count();
    }

    /** Frees the list that remembers, so that it is not counted as theirs. */
    void forget() {
        sessions.clear();
    }

    int armedTimers() {
        return sum(EventLoop::armedTimers);
    }

    /** Channels that the selectors watch, those that listen included. */
    int watchedChannels() {
        return sum(loop -> loop.poller().size());
    }

    private int sum(ToIntFunction<EventLoop> what) {
        int sum = 0;
        for (EventLoop loop : context.loops()) {
            CompletableFuture<Integer> one = new CompletableFuture<>();
            loop.execute(() -> one.complete(what.applyAsInt(loop)));
            sum += one.join();
        }
        return sum;
    }

    @Override
    public void close() {
        context.close();
    }
}
