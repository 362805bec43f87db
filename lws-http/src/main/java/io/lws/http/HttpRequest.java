package io.lws.http;

import org.jspecify.annotations.Nullable;

/**
 * The head of a request, whatever version carried it. Lent to the protocol until its transaction ends: the object is
 * used again for the next request of any connection on the loop, the strings and values it returns may be kept.
 */
public interface HttpRequest extends RequestHeaders {
    HttpMethod method();

    HttpVersion version();

    RequestTarget target();

    /**
     * Whether HTTP/2's sender has marked the target as a secret: whoever sends it on must mark it, too, see {@link
     * #isHeaderSecret}.
     */
    default boolean isTargetSecret() {
        return false;
    }

    /**
     * Host and port the request is for, as sent: from an absolute target if it was one, else from {@code Host}
     * (RFC 9112 3.3). Empty when the client sent none.
     */
    String authority();

    /** Declared length of the content in bytes; 0 when there is none, -1 when it is chunked. */
    long contentLength();

    /**
     * What the connection, or in HTTP/2 the stream, shall become by an extended CONNECT (RFC 8441), such as {@code
     * websocket}; null for any other request.
     */
    default @Nullable String protocol() {
        return null;
    }

    /**
     * The decoded, normalised path: begins with {@code /}, holds no dot segment, no empty segment, no control
     * character.
     */
    default String path() {
        return target().path();
    }
}
