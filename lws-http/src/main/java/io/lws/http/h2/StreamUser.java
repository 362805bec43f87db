package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/** Who stands on a stream. What it throws is the end of the stream. */
interface StreamUser {
    /** Content, lent and not paused for; it is read whole. */
    void onData(H2Stream stream, ByteBuffer content);

    /** Whether it gives the credit for {@link #onData} itself, as it uses what it has kept of it. */
    default boolean keepsContent() {
        return false;
    }

    /** The peer has ended its side. */
    void onEnd(H2Stream stream);

    /** There is room for output, after {@link H2Stream#requestWriteable}. */
    void onWriteable(H2Stream stream);

    /** Whether {@link #onWriteable} makes sense while flow control lets no content out. */
    default boolean writesWithoutWindow() {
        return false;
    }

    /** A deadline of the stream has passed. */
    void onTimeout(H2Stream stream);

    /** It threw what the peer did wrong. True when it has ended the stream in words of its own, and has had its last call. */
    default boolean onViolation(H2Stream stream, ProtocolException violation) {
        return false;
    }

    /** It threw {@code e}: the last chance to say so to the peer. The stream is reset afterwards unless it has ended. */
    default void onThrew(H2Stream stream, Throwable e) {}

    /** The stream is gone, or will be once what waits has been sent. The last call. */
    void onClosed(CloseInfo info);
}
