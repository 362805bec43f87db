package io.lws.http.h1;

import java.nio.ByteBuffer;

/** Content of a length known beforehand (RFC 9112 6.2). */
final class FixedBody implements H1Body {
    private long remainingBytes;

    /** Begins a body; 413 at once when it is longer than {@code maxBytes}, negative for no limit. */
    FixedBody begin(long contentLength, long maxBytes) {
        if (maxBytes >= 0 && contentLength > maxBytes) {
            throw Violation.contentTooLarge();
        }
        remainingBytes = contentLength;
        return this;
    }

    @Override
    public int next(ByteBuffer in) {
        int bytes = (int) Math.min(remainingBytes, in.remaining());
        remainingBytes -= bytes;
        return bytes;
    }

    @Override
    public boolean isDone() {
        return remainingBytes == 0;
    }
}
