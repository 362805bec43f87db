package io.lws.http;

import io.lws.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Answered either at once, with one {@code respond}, or in pieces, with {@link #start} and
 * then writes in {@code onWriteable}; a second answer throws {@link IllegalStateException}, as does any use after the
 * transaction's end. Belongs to its loop.
 */
public interface HttpTransaction<S extends @Nullable Object> extends Session<S> {
    /** The request's head; lent until the transaction ends. */
    HttpRequest request();

    /** The mount that led here. */
    Mount mount();

    /** Who the client has proved to be, where the mount asks for that; else null. */
    default @Nullable String user() {
        return null;
    }

    /** The name of this request, where the vhost gives {@link RequestIds}; else null. */
    default @Nullable String requestId() {
        return null;
    }

    /**
     * Sends an interim response ahead of the answer (RFC 9110 15.2), such as 103 with {@code Link} fields: any number, until
     * the answer begins. 102 to 199; a 100 goes by itself when content is wanted. To HTTP/1.0 nothing is sent.
     */
    void inform(int status, Headers headers);

    /** A whole answer. {@code body} is read to its end and may be used again at once. HEAD and 304 leave it unsent. */
    void respond(int status, Headers headers, ByteBuffer body);

    /** A whole answer whose body is all of an array, which is copied. */
    void respond(int status, Headers headers, byte[] body);

    /** A whole answer in text of the given type, as UTF-8. */
    default void respond(int status, String contentType, String text) {
        respond(status, Headers.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An error page. {@code detail} is one sentence for the reader, or empty. */
    default void respondError(int status, Headers headers, String detail) {
        ErrorDocuments.Page own =
                vhost().option(ErrorDocuments.class, ErrorDocuments.NONE).page(status);
        String type = own == null ? ErrorPage.CONTENT_TYPE : own.contentType();
        byte[] page = own == null ? ErrorPage.html(status, detail) : own.content();
        respond(status, headers.toBuilder().add("Content-Type", type).build(), page);
    }

    /**
     * Sends the head of an answer whose content follows in {@code onWriteable}.
     *
     * @param lengthBytes of the content; negative when it is not known, which HTTP/1.1 sends in chunks and HTTP/1.0
     *     ends with the connection. Writing more or less than was said throws or closes the connection
     */
    void start(int status, Headers headers, long lengthBytes);

    /** Ends the connection without (the rest of) an answer. */
    void abort();
}
