package io.lws.http.client;

import io.lws.Session;
import io.lws.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** One request and its response, seen from the client. Belongs to its loop, as every {@link Session}. */
public interface HttpExchange<S extends @Nullable Object> extends Session<S> {
    /** What is asked; after a redirect, what was asked last. */
    ClientRequest request();

    /** The response's head, lent until the end; {@link IllegalStateException} before there is one. */
    HttpResponse response();

    /** Where the time went so far. */
    HttpTimings timings();

    /**
     * Lets the origin send so many bytes more, in addition to {@link ClientRequest.Builder#credit} and what was given
     * before. Without effect before there is a response, after the end, and where the connection is HTTP/1.
     */
    void giveCredit(int bytes);

    /** Gives up. {@code onClosed} follows. */
    void abort();
}
