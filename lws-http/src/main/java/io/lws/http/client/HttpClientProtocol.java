package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.Protocol;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.HttpTx;
import io.lws.net.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an exchange. One {@link HttpExchange}, with a pss of its own, is one request and its response,
 * over however many redirects. The contract of the callbacks is {@link Protocol}'s.
 */
public interface HttpClientProtocol<S extends @Nullable Object> extends Protocol<S> {
    /** An interim response came, such as 103; {@code interim} is lent for the call. */
    default void onInterim(HttpExchange<S> http, HttpResponse interim) {}

    /** The head of the response is there (lws: ESTABLISHED_CLIENT_HTTP), see {@link HttpExchange#response}. */
    void onResponse(HttpExchange<S> http);

    /** Content, decoded, as it arrives (lws: RECEIVE_CLIENT_HTTP_READ). {@code rx} is lent; it is read whole or not at all. */
    default void onBody(HttpExchange<S> http, ByteBuffer rx) {}

    /** The response has come whole (lws: COMPLETED_CLIENT_HTTP). {@code trailers} are what stood behind the content. */
    default void onComplete(HttpExchange<S> http, Headers trailers) {}

    /**
     * The origin takes content of a request with {@link RequestBody#streamed} (lws: CLIENT_HTTP_WRITEABLE). {@code tx}
     * is lent. Comes once unasked, then as asked for by {@link HttpExchange#requestWriteable}.
     */
    default void onWriteable(HttpExchange<S> http, HttpTx tx) {}

    /**
     * The origin has agreed to switch to {@link ClientRequest.Builder#upgrade}'s protocol. {@code connection} is the
     * listener's, who must replace its role during the call; {@code onClosed} follows, and the exchange is over.
     */
    default void onUpgraded(HttpExchange<S> http, Connection connection) {
        connection.abort(CloseInfo.local(0, "nobody to switch to"));
    }

    /**
     * The exchange is over (lws: CLOSED_CLIENT_HTTP, CLIENT_CONNECTION_ERROR). {@code info} is {@code LOCAL} with the
     * status after {@code onComplete}; in every other case its cause is a {@link HttpClientException} that says why. The
     * last call it gets.
     */
    default void onClosed(HttpExchange<S> http, CloseInfo info) {}
}
