package io.lws.examples.http.sse;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.sse.SseEvent;
import io.lws.http.sse.SseStream;
import io.lws.loop.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts for each client, by a timer of its own. */
final class SseProtocol implements HttpProtocol<SseProtocol.Pss> {
    private static final long PERIOD_NS = Duration.ofMillis(200).toNanos();

    static final class Pss {
        @Nullable
        SseStream stream;

        @Nullable
        Timer timer;

        long count;
        long last = Long.MAX_VALUE;
    }

    SseProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        Pss pss = http.pss();
        String asked = http.request().target().queryParams().get("count");
        pss.last = asked != null && asked.matches("\\d{1,9}") ? Long.parseLong(asked) : Long.MAX_VALUE;
        SseStream stream = SseStream.open(http);
        Timer timer = new Timer(nowNs -> tick(http, stream));
        pss.stream = stream;
        pss.timer = timer;
        http.loop().schedule(timer, PERIOD_NS);
    }

    private static void tick(HttpTransaction<Pss> http, SseStream stream) {
        Pss pss = http.pss();
        stream.send(SseEvent.of(Long.toString(++pss.count)));
        if (pss.count >= pss.last) {
            stream.end();
        } else if (pss.timer != null && http.isOpen()) {
            http.loop().schedule(pss.timer, PERIOD_NS);
        }
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        if (http.pss().stream != null) {
            http.pss().stream.onWriteable(tx);
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().stream != null && http.pss().timer != null) {
            http.loop().cancel(http.pss().timer);
            http.pss().stream.onClosed();
        }
    }
}
