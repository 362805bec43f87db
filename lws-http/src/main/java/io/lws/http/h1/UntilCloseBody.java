package io.lws.http.h1;

import java.nio.ByteBuffer;

/** Content that ends with its connection (RFC 9112 6.3). */
final class UntilCloseBody implements H1Body {
    static final UntilCloseBody INSTANCE = new UntilCloseBody();

    private UntilCloseBody() {}

    @Override
    public int next(ByteBuffer in) {
        return in.remaining();
    }

    /** Never by what comes; the connection knows. */
    @Override
    public boolean isDone() {
        return false;
    }
}
