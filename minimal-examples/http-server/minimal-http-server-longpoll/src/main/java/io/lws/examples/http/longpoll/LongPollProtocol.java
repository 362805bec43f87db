package io.lws.examples.http.longpoll;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.LongPoll;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A GET waits for what the next POST says, on whatever loop either is; after a second there is nothing to say. */
final class LongPollProtocol implements HttpProtocol<LongPollProtocol.Pss> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_WAITING = 1000;

    /** What is being said. */
    static final class Pss {
        private final StringBuilder text = new StringBuilder();
    }

    private final LongPoll<Pss> waiting = new LongPoll<>(MAX_WAITING);

    LongPollProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        if (http.request().method() == HttpMethod.GET
                && !waiting.hold(http, PATIENCE, late -> late.respond(200, "text/plain", "no news\n"))) {
            http.respondError(503, Headers.EMPTY, "too many wait");
        }
    }

    @Override
    public void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        http.pss().text.append(StandardCharsets.UTF_8.decode(rx));
    }

    @Override
    public void onBodyComplete(HttpTransaction<Pss> http) {
        if (http.request().method() == HttpMethod.POST) {
            String news = http.pss().text.toString();
            http.respond(200, "text/plain", "told to " + waiting.size() + "\n");
            waiting.answerAll(each -> each.respond(200, "text/plain", "news: " + news + "\n"));
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        waiting.forget(http);
    }
}
