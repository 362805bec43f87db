package io.lws.http.wire;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** One request on its way, and the control over its response. The loop's thread; nothing happens once it is over. */
public interface WireExchange {
    /** Sends all of {@code bytes} as content; they are read to their end and may be used again at once. */
    void write(ByteBuffer bytes);

    /** As {@code HttpTx.transferFrom}; negative = not possible here, write instead. */
    long transferFrom(FileChannel file, long position, long count);

    /** The content of the request is complete. */
    void finish();

    /** False once the peer takes no more for now. */
    boolean isReady();

    /** One {@link WireEvents#onWriteable} as soon as the peer takes content. Idempotent. */
    void requestWriteable();

    /** No content and no end until {@link #resumeRx}. Idempotent. */
    void pauseRx();

    void resumeRx();

    /** So much more content may come, where {@link WireRequest#credit} is counted and the version has credit. */
    default void giveCredit(int bytes) {}

    /** Whether no content can come because all credit is used up. */
    default boolean isHeldBack() {
        return false;
    }

    /** Gives up; nothing more is told. Takes the connection with it where the version leaves no other way. */
    void cancel();
}
