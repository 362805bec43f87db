package io.lws.raw;

import java.nio.ByteBuffer;

/** Output of a raw session; valid only during the {@code onWriteable} it is given to. */
public interface RawTx {
    /** Sends all of {@code bytes}, which is read to its end and may be used again at once. */
    void write(ByteBuffer bytes);

    /** False once the peer takes no more for now or this session's share of the turn is used: stop and ask again. */
    boolean isReady();
}
