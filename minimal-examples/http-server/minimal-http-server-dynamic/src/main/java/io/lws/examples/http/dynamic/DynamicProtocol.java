package io.lws.examples.http.dynamic;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.http.ErrorPage;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes a page of ten lines, one for each time the client can take more. */
final class DynamicProtocol implements HttpProtocol<DynamicProtocol.Pss> {
    private static final int LINES = 10;
    private static final Headers HEADERS =
            Headers.of("Content-Type", "text/html;charset=utf-8", "Cache-Control", "no-store");

    static final class Pss {
        int line;
    }

    DynamicProtocol(Vhost vhost, ProtocolOptions options) {}

    @Override
    public Pss newPss() {
        return new Pss();
    }

    @Override
    public void onRequest(HttpTransaction<Pss> http) {
        http.start(200, HEADERS, -1); // the length is not known: HTTP/1.1 gets chunks
        http.requestWriteable();
    }

    @Override
    public void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        Pss pss = http.pss();
        if (pss.line == 0) {
            tx.write(utf8("<!DOCTYPE html><title>dynamic</title><p>Made for "
                    + ErrorPage.escape(http.request().path()) + " at " + Instant.now() + "</p>\n"));
        }
        pss.line++;
        tx.write(utf8("<p>line " + pss.line + "</p>\n"));
        if (pss.line == LINES) {
            tx.finish();
        } else {
            http.requestWriteable();
        }
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
