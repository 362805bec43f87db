package io.lws.http.client;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Undoes one content coding (RFC 9110 8.4.1). One message, one thread. */
interface Decoder {
    /** Reads from {@code in} and writes to {@code out} until one has no more. */
    void decode(ByteBuffer in, ByteBuffer out) throws DataFormatException;

    /** Whether what was read may end here. */
    boolean isDone();

    void close();
}
