package io.lws.http.h1;

import io.lws.http.ErrorPage;
import io.lws.http.Headers;
import io.lws.http.HttpStatus;
import io.lws.net.Connection;
import java.nio.ByteBuffer;

/** Answers that no protocol gives: to requests nobody can read, or nobody serves. One per loop. */
final class H1ErrorAnswer {
    private final H1Loop shared;

    H1ErrorAnswer(H1Loop shared) {
        this.shared = shared;
    }

    /** Writes a whole answer with a page for its status; {@code detail} is for the reader. */
    void write(
            Connection connection,
            int status,
            Headers headers,
            String detail,
            ConnectionField field,
            boolean headOnly) {
        Headers all =
                headers.toBuilder().add("Content-Type", ErrorPage.CONTENT_TYPE).build();
        boolean bodiless = HttpStatus.isBodiless(status);
        byte[] page = bodiless ? new byte[0] : ErrorPage.html(status, detail);
        Headers sent = bodiless ? headers : all;
        H1Encoder encoder = shared.encoder();
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, sent));
        encoder.writeHead(out, status, field, sent, page.length);
        if (!headOnly) {
            connection.write(page, 0, page.length);
        }
    }
}
