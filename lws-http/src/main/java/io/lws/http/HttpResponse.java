package io.lws.http;

/**
 * The head of a response, whatever version carried it. Lent to the protocol until its exchange ends; the strings it
 * returns may be kept, {@link #copyHeaders} copies all of them.
 */
public interface HttpResponse extends RequestHeaders {
    HttpVersion version();

    /** 100 to 999. */
    int status();

    /** Declared length of the content in bytes, also of content that is not sent (HEAD, 304); -1 when none is declared. */
    long contentLength();

    /** All fields, to be kept. */
    default Headers copyHeaders() {
        Headers.Builder copy = Headers.builder();
        for (int i = 0; i < headerCount(); i++) {
            copy.add(headerName(i), headerValue(i), isHeaderSecret(i));
        }
        return copy.build();
    }
}
