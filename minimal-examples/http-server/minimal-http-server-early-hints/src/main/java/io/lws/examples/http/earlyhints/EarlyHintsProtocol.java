package io.lws.examples.http.earlyhints;

import io.lws.CloseInfo;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.loop.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page that takes its time, as one does that asks a database. What the page will need is known at once, and said
 * at once: whoever asks can fetch it meanwhile.
 */
final class EarlyHintsProtocol implements HttpProtocol<EarlyHintsProtocol.Pss> {
    private static final Headers HINTS = Headers.of("Link", "</style.css>; rel=preload; as=style");
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <title>early hints</title>
            <link rel="stylesheet" href="/style.css">
            <h1>The style was here before the page</h1>
            </html>
            """;

    static final class Pss {
        @Nullable
        Timer work;
    }

    private final long workNs;

    EarlyHintsProtocol(Vhost vhost, ProtocolOptions options) {
        workNs = options.millis("work-ms", Duration.ofMillis(500)).toNanos();
    }

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        http.inform(HttpStatus.EARLY_HINTS, HINTS);
        Timer work = new Timer(nowNs -> http.respond(HttpStatus.OK, "text/html", PAGE));
        http.pss().work = work;
        http.loop().schedule(work, workNs);
    }

    @Override
    public void onClosed(HttpTransaction<Pss> http, CloseInfo info) {
        if (http.pss().work != null) {
            http.loop().cancel(http.pss().work);
        }
    }
}
