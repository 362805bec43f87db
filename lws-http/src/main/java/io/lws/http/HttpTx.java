package io.lws.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Output of an answer in pieces; valid only during the {@code onWriteable} it is given to. */
public interface HttpTx {
    /** Sends all of {@code bytes} as content; they are read to their end and may be used again at once. */
    void write(ByteBuffer bytes);

    /**
     * Sends content from a file, without passing through memory where the transport can.
     *
     * @return bytes sent, fewer than asked when the peer takes no more for now; the caller goes on from there when it is
     *     writeable again. 0 although {@link #isReady} means that the file has become shorter
     */
    long transferFrom(FileChannel file, long position, long count) throws IOException;

    /** The content is complete. Nothing may be written afterwards. */
    void finish();

    /**
     * As {@link #finish()}, with fields that are known only now (RFC 9110 6.5). They are dropped where they cannot be sent:
     * behind content of known length in HTTP/1, and in HTTP/1.0.
     */
    default void finish(Headers trailers) {
        finish();
    }

    /** False once the peer takes no more for now or this connection's share of the turn is used: stop and ask again. */
    boolean isReady();
}
