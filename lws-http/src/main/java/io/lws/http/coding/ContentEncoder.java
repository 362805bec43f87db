package io.lws.http.coding;

import java.nio.ByteBuffer;

/** Compresses one message as it comes. To be closed, for its memory may be native. One thread. */
public interface ContentEncoder extends AutoCloseable {
    /** Takes all of {@code in}; returned is what can be sent now, which may be nothing. */
    ByteBuffer encode(ByteBuffer in);

    /** What is left, to be sent last. */
    ByteBuffer finish();

    @Override
    void close();
}
