package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.http.hpack.HeaderField;
import io.lws.http.spi.HttpUpgrade;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.VhostGroup;
import io.lws.testing.LeakCheck;
import io.lws.testing.ManualClock;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** An HTTP/2 server without sockets and threads, with one protocol that does what a test tells it. */
final class H2Rig implements AutoCloseable {
    private static final int MANY_TURNS = 1_000_000;

    /** Per transaction: what came. */
    static final class Pss {
        final StringBuilder content = new StringBuilder();
        long sent;
    }

    /** Answers with the path, unless told otherwise. */
    static final class Script implements HttpProtocol<Pss> {
        final List<String> events = new ArrayList<>();
        final List<HttpTransaction<Pss>> transactions = new ArrayList<>();
        Supplier<Pss> newPss = Pss::new;
        Consumer<HttpTransaction<Pss>> onRequest =
                http -> http.respond(200, "text/plain", http.request().path());
        BiConsumer<HttpTransaction<Pss>, ByteBuffer> onBody = (http, rx) -> {};
        Consumer<HttpTransaction<Pss>> onBodyComplete = http -> {};
        BiConsumer<HttpTransaction<Pss>, HttpTx> onWriteable = (http, tx) -> {};

        static Script echo() {
            Script script = new Script();
            script.onRequest = http -> {};
            script.onBodyComplete =
                    http -> http.respond(200, "text/plain", http.pss().content.toString());
            return script;
        }

        HttpTransaction<Pss> last() {
            return transactions.get(transactions.size() - 1);
        }

        @Override
        public Pss newPss() {
            return newPss.get();
        }

        @Override
        public void onRequest(HttpTransaction<Pss> http) {
            events.add(
                    "request " + http.request().method() + " " + http.request().path());
            transactions.add(http);
            onRequest.accept(http);
        }

        @Override
        public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
            String text = StandardCharsets.ISO_8859_1.decode(rx.duplicate()).toString();
            http.pss().content.append(text);
            onBody.accept(http, rx);
        }

        @Override
        public void onBodyComplete(HttpTransaction<Pss> http) {
            events.add("complete " + http.pss().content.length());
            onBodyComplete.accept(http);
        }

        @Override
        public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
            onWriteable.accept(http, tx);
        }

        @Override
        public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
            events.add("closed " + info.initiator() + " " + info.code());
        }
    }

    final ManualClock clock = new ManualClock();
    final Script script;
    final Vhost vhost;
    final Context context;
    private final H2Role role;

    H2Rig(Script script) {
        this(script, Limits.DEFAULT, List.of(), vhost -> vhost);
    }

    H2Rig(Script script, Limits limits, List<HttpUpgrade> upgrades, UnaryOperator<Vhost.Builder> setUp) {
        this.script = script;
        vhost = setUp.apply(Vhost.builder("localhost").protocol("script", (owner, options) -> script))
                .build();
        context = Context.builder().limits(limits).clock(clock).vhost(vhost).build();
        role = new H2Role(new HttpUpgrades(upgrades));
        settle();
    }

    LoopNet net() {
        return context.nets().get(0);
    }

    /** A new connection to which nothing has been sent; the server's end. */
    MemoryTransport open() {
        MemoryTransport near = MemoryTransport.pair();
        try {
            Connection.open(net(), near, made -> role.accept(made, new VhostGroup(List.of(vhost))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return near;
    }

    /** A connection that this request has upgraded from HTTP/1.1; nothing has been sent behind it. */
    H2Peer upgraded(HeaderField... head) {
        MemoryTransport near = MemoryTransport.pair();
        H2cRequest first = new H2cRequest(ByteBuffer.allocate(0), List.of(head));
        try {
            Connection.open(
                    net(),
                    near,
                    made -> H2Server.accept(made, new VhostGroup(List.of(vhost)), new HttpUpgrades(List.of()), first));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settle();
        return new H2Peer(near.peer(), this::settle);
    }

    /** A client whose preface has been answered. */
    H2Peer connect() {
        H2Peer peer = new H2Peer(open().peer(), this::settle);
        peer.preface();
        peer.frames();
        return peer;
    }

    void settle() {
        for (int turns = 0; turns < MANY_TURNS; turns++) {
            if (net().loop().serviceOnce(0) == 0) {
                return;
            }
        }
        throw new AssertionError("the loop does not come to rest");
    }

    void advance(Duration by) {
        settle();
        clock.advance(by);
        settle();
    }

    /** Asserts that every connection has gone once there was time for timeouts. */
    @Override
    public void close() {
        for (int i = 0; i < 4; i++) {
            advance(Duration.ofMinutes(1));
        }
        context.close();
        for (int turns = 0; turns < MANY_TURNS && !context.isClosed(); turns++) {
            net().loop().serviceOnce(0);
            clock.advance(Duration.ofMillis(100));
        }
        LeakCheck.assertNothingLeft(context);
    }
}
