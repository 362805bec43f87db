package io.lws.http;

import io.lws.CloseInfo;
import io.lws.Protocol;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that answers HTTP requests below its mounts, whatever version carries them. One {@link HttpTransaction},
 * with a pss of its own, is one request and its answer. The contract of the callbacks is {@link Protocol}'s.
 */
public interface HttpProtocol<S extends @Nullable Object> extends Protocol<S> {
    /**
     * The head of a request is there (lws: HTTP). Answer at once with {@code respond}, or later, from any callback of
     * this transaction or a task on its loop. A request with content may be answered before the content has come.
     */
    void onRequest(HttpTransaction<S> http);

    /** Content of the request, decoded, as it arrives (lws: HTTP_BODY). {@code rx} is lent; it is read whole or not at all. */
    default void onBody(HttpTransaction<S> http, ByteBuffer rx) {}

    /** The content has come whole, also when there was none (lws: HTTP_BODY_COMPLETION). */
    default void onBodyComplete(HttpTransaction<S> http) {}

    /** The peer takes output of an answer begun with {@code start} (lws: HTTP_WRITEABLE). {@code tx} is lent. */
    default void onWriteable(HttpTransaction<S> http, HttpTx tx) {}

    /**
     * The transaction is over: the answer is complete ({@code LOCAL}), or the connection went before (everything else).
     * The last call it gets (lws: CLOSED_HTTP, HTTP_DROP_PROTOCOL).
     */
    default void onClosed(HttpTransaction<S> http, CloseInfo info) {}
}
