package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A protocol that records its callbacks and does in them what a test tells it to. */
final class Probe implements HttpProtocol<Probe.Pss> {
    /** Per transaction: the content so far, and its number. */
    static final class Pss {
        final StringBuilder content = new StringBuilder();
        int steps;
    }

    final List<String> events = new ArrayList<>();
    final List<HttpTransaction<Pss>> transactions = new ArrayList<>();
    final List<CloseInfo> closed = new ArrayList<>();
    Consumer<HttpTransaction<Pss>> onRequest = http -> {};
    BiConsumer<HttpTransaction<Pss>, ByteBuffer> onBody = (http, rx) -> {};
    Consumer<HttpTransaction<Pss>> onBodyComplete = http -> {};
    BiConsumer<HttpTransaction<Pss>, HttpTx> onWriteable = (http, tx) -> {};
    Consumer<HttpTransaction<Pss>> onClosed = http -> {};

    /** Answers each request with its path, at once. */
    static Probe echoingPaths() {
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, "text/plain", http.request().path());
        return probe;
    }

    /** Answers each request with its content, when that is complete. */
    static Probe echoingContent() {
        Probe probe = new Probe();
        probe.onBodyComplete =
                http -> http.respond(200, "text/plain", http.pss().content.toString());
        return probe;
    }

    HttpTransaction<Pss> last() {
        return transactions.get(transactions.size() - 1);
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        HttpRequest request = http.request();
        events.add("request " + request.method() + " " + request.path());
        transactions.add(http);
        onRequest.accept(http);
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        String text = StandardCharsets.ISO_8859_1.decode(rx.duplicate()).toString();
        http.pss().content.append(text);
        events.add("body " + (text.length() <= 20 ? text : text.length()));
        onBody.accept(http, rx);
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        events.add("complete");
        onBodyComplete.accept(http);
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        onWriteable.accept(http, tx);
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        events.add("closed " + info.initiator() + " " + info.code());
        closed.add(info);
        onClosed.accept(http);
    }
}
