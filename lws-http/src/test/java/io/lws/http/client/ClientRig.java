package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.HttpTx;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.net.LoopNet;
import io.lws.testing.LeakCheck;
import io.lws.testing.ManualClock;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A client without sockets and threads; the test is the origin, and time stands still until it is told otherwise. */
final class ClientRig implements AutoCloseable {
    private static final int MANY_TURNS = 1_000_000;

    final ManualClock clock = new ManualClock();
    final List<String> dialed = new ArrayList<>();
    final List<MemoryTransport> origins = new ArrayList<>();
    final Context context;
    final HttpClient client;
    boolean unreachable;
    /** A connection is reached, or not yet. */
    boolean slow;

    ClientRig() {
        this(builder -> builder);
    }

    ClientRig(UnaryOperator<HttpClient.Builder> setUp) {
        Vhost vhost = Vhost.builder("client").build();
        context = Context.builder().clock(clock).vhost(vhost).build();
        client = setUp.apply(HttpClient.builder(vhost).userAgent("").dialer(this::dial))
                .build();
        settle();
    }

    private Runnable dial(LoopNet net, Origin origin, HttpTimeouts timeouts, Dialer.Outcome outcome) {
        dialed.add(origin.toString());
        if (slow) {
            return () -> dialed.add("given up");
        }
        if (unreachable) {
            outcome.onUnreachable(new HttpClientException(Reason.CONNECT, "refused"));
            return () -> {};
        }
        MemoryTransport near = MemoryTransport.pair();
        origins.add(near.peer());
        outcome.onResolved();
        outcome.onReached(near);
        return () -> {};
    }

    /** Writes down what its exchange hears. */
    static class Recorder implements HttpClientProtocol<Void> {
        final List<String> events = new ArrayList<>();
        final StringBuilder body = new StringBuilder();
        Consumer<HttpExchange<Void>> onBody = http -> {};

        @Override
        public void onInterim(HttpExchange<Void> http, HttpResponse interim) {
            events.add("interim " + interim.status());
        }

        @Override
        public void onResponse(HttpExchange<Void> http) {
            events.add("response " + http.response().status());
        }

        @Override
        public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
            body.append(StandardCharsets.ISO_8859_1.decode(rx));
            onBody.accept(http);
        }

        @Override
        public void onComplete(HttpExchange<Void> http, Headers trailers) {
            events.add("complete '" + body + "'" + (trailers.size() == 0 ? "" : " " + trailers.name(0)));
        }

        @Override
        public void onWriteable(HttpExchange<Void> http, HttpTx tx) {}

        @Override
        public void onClosed(HttpExchange<Void> http, CloseInfo info) {
            events.add(
                    info.cause() instanceof HttpClientException e ? "closed " + e.reason() : "closed " + info.code());
        }
    }

    <P extends HttpClientProtocol<Void>> P ask(ClientRequest request, P protocol) {
        client.exchange(request, protocol);
        settle();
        return protocol;
    }

    Recorder ask(ClientRequest request) {
        return ask(request, new Recorder());
    }

    Recorder get(String uri) {
        return ask(ClientRequest.get(uri));
    }

    MemoryTransport origin() {
        return origins.get(origins.size() - 1);
    }

    /** What the newest origin has been asked, and answers. */
    String answer(String response) {
        return answer(origin(), response);
    }

    String answer(MemoryTransport origin, String response) {
        String asked = origin.receivedText();
        origin.send(response);
        settle();
        return asked;
    }

    LoopNet net() {
        return context.nets().get(0);
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

    @Override
    public void close() {
        client.close();
        advance(Duration.ofMinutes(10));
        context.close();
        for (int turns = 0; turns < MANY_TURNS && !context.isClosed(); turns++) {
            net().loop().serviceOnce(0);
            clock.advance(Duration.ofSeconds(1));
        }
        LeakCheck.assertNothingLeft(context);
    }
}
