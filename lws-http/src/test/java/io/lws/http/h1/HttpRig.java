package io.lws.http.h1;

import io.lws.Context;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.http.spi.HttpUpgrade;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.Transport;
import io.lws.net.VhostGroup;
import io.lws.testing.LeakCheck;
import io.lws.testing.ManualClock;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** An HTTP server without sockets and threads, whose time stands still until it is told otherwise. */
final class HttpRig implements AutoCloseable {
    private static final int MANY_TURNS = 1_000_000;

    final ManualClock clock = new ManualClock();
    final Vhost vhost;
    final Context context;
    private final H1Role role;

    HttpRig(UnaryOperator<Vhost.Builder> setUp) {
        this(Limits.DEFAULT, List.of(), setUp);
    }

    HttpRig(Limits limits, List<HttpUpgrade> upgrades, UnaryOperator<Vhost.Builder> setUp) {
        vhost = setUp.apply(Vhost.builder("localhost")).build();
        context = Context.builder().limits(limits).clock(clock).vhost(vhost).build();
        role = new H1Role(upgrades);
        settle();
    }

    /** A rig whose one protocol gets everything. */
    static HttpRig of(Probe probe) {
        return new HttpRig(vhost -> vhost.protocol("probe", (owner, options) -> probe));
    }

    LoopNet net() {
        return context.nets().get(0);
    }

    /** A new connection; returned is the server's end, its {@code peer()} is the client's. */
    MemoryTransport open() {
        MemoryTransport near = MemoryTransport.pair();
        open(near);
        return near;
    }

    Connection open(Transport transport) {
        try {
            Connection connection =
                    Connection.open(net(), transport, made -> role.accept(made, new VhostGroup(List.of(vhost))));
            settle();
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new connection; returned is the client's end. */
    MemoryTransport connect() {
        return open().peer();
    }

    /** A new connection that sends {@code request}; returned is all that came back at once. */
    String exchange(String request) {
        MemoryTransport client = connect();
        client.send(request);
        settle();
        String answer = client.receivedText();
        client.fin();
        settle();
        return answer;
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

    /** Asserts that every connection has gone once there was time for timeouts, and for lingering after them. */
    @Override
    public void close() {
        advance(Duration.ofMinutes(1));
        advance(Duration.ofMinutes(1));
        context.close();
        for (int turns = 0; turns < MANY_TURNS && !context.isClosed(); turns++) {
            net().loop().serviceOnce(0);
        }
        LeakCheck.assertNothingLeft(context);
    }
}
