package io.lws.http.coding;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Undoes one content coding (RFC 9110 8.4.1). One message, one thread. */
public interface ContentDecoder extends AutoCloseable {
    /** Reads from {@code in} and writes to {@code out} until one has no more. */
    void decode(ByteBuffer in, ByteBuffer out) throws DataFormatException;

    /** Whether what was read may end here. */
    boolean isDone();

    @Override
    void close();
}
