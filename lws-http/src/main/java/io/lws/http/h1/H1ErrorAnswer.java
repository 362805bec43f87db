package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.exchange.HttpLoop.Refusal;
import io.lws.net.Connection;
import java.nio.ByteBuffer;

/** Answers that no protocol gives: to requests nobody can read, or nobody serves. One per loop. */
final class H1ErrorAnswer {
    private final H1Loop shared;

    H1ErrorAnswer(H1Loop shared) {
        this.shared = shared;
    }

    /** Writes a whole answer with the page that goes with it. */
    void write(Connection connection, Refusal refusal, ConnectionField field, boolean headOnly) {
        byte[] page = refusal.page();
        Headers headers = refusal.fields();
        H1Encoder encoder = shared.encoder();
        ByteBuffer out = connection.out(encoder.maxHeadBytes(refusal.status(), headers));
        encoder.writeHead(out, refusal.status(), field, headers, page.length);
        if (!headOnly) {
            connection.write(page, 0, page.length);
        }
    }
}
