package io.lws.bench;

import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import org.jspecify.annotations.Nullable;

/** Answers every request with the same thirteen bytes. */
final class PlaintextProtocol implements HttpProtocol<@Nullable Void> {
    private static final Headers HEADERS = Headers.of("Content-Type", "text/plain");
    private static final byte[] HELLO = Content.hello();

    @Override
    public void onRequest(HttpTransaction<@Nullable Void> http) {
        http.respond(200, HEADERS, HELLO);
    }
}
