package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.client.HttpClientException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects a response that is waited for whole. One exchange. */
final class SmallExchange implements HttpClientProtocol<Void> {
    private final CompletableFuture<ClientResponse> future;
    private final int maxBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Headers headers = Headers.EMPTY;
    private Headers trailers = Headers.EMPTY;
    private @Nullable HttpClientException failure;
    private @Nullable ClientResponse whole;

    SmallExchange(CompletableFuture<ClientResponse> future, int maxBytes) {
        this.future = future;
        this.maxBytes = maxBytes;
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        headers = http.response().copyHeaders();
    }

    @Override
    public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
        if (rx.remaining() > maxBytes - body.size()) {
            failure = new HttpClientException(Reason.TOO_LARGE, "content longer than " + maxBytes + " bytes");
            http.abort();
            return;
        }
        byte[] piece = new byte[rx.remaining()];
        rx.get(piece);
        body.write(piece, 0, piece.length);
    }

    @Override
    public void onComplete(HttpExchange<Void> http, Headers behind) {
        trailers = behind;
        HttpResponse head = http.response();
        whole = new ClientResponse(
                http.request().uri(),
                head.version(),
                head.status(),
                headers,
                body.toByteArray(),
                trailers,
                http.timings());
    }

    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        ClientResponse complete = whole;
        Throwable cause = failure != null ? failure : info.cause();
        if (complete != null && cause == null) {
            future.complete(complete);
        } else {
            future.completeExceptionally(
                    cause != null ? cause : new HttpClientException(Reason.CONNECTION_LOST, info.reason()));
        }
    }
}
