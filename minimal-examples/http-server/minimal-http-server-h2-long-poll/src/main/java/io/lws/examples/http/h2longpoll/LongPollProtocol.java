package io.lws.examples.http.h2longpoll;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.loop.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Begins an answer and never ends it: a line now and one each period. Over HTTP/2 that is a stream, and the connection goes
 * on serving other requests; nothing times out on either while the client takes what comes.
 */
final class LongPollProtocol implements HttpProtocol<LongPollProtocol.Pss> {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain", "Cache-Control", "no-store");

    static final class Pss {
        @Nullable
        Timer timer;

        long lines;
        boolean due;
    }

    private final long periodNs;

    LongPollProtocol(Vhost vhost, ProtocolOptions options) {
        periodNs = options.millis("period-ms", Duration.ofMinutes(1)).toNanos();
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        http.pss().timer = new Timer(nowNs -> tick(http));
        http.start(200, TEXT, -1);
        tick(http);
    }

    private void tick(HttpTransaction<Pss> http) {
        http.pss().due = true;
        http.requestWriteable();
        if (http.pss().timer != null) {
            http.loop().schedule(http.pss().timer, periodNs);
        }
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        Pss pss = http.pss();
        if (pss.due) {
            pss.due = false;
            String line = http.request().version() + ", line " + ++pss.lines + "\n";
            tx.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().timer != null) {
            http.loop().cancel(http.pss().timer);
        }
    }
}
