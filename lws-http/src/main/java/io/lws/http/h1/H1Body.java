package io.lws.http.h1;

import java.nio.ByteBuffer;

/** Takes the content of one message out of the stream, without copying. Stops exactly at its end. */
sealed interface H1Body permits FixedBody, ChunkedBody, UntilCloseBody {
    /**
     * Skips framing and says how many octets of content begin at {@code in.position()}. The caller takes exactly these
     * (moves the position behind them) before the next call; to pause, it just does not call.
     *
     * @return 0 when nothing of the content is left in {@code in}: it {@link #isDone}, or more must arrive
     */
    int next(ByteBuffer in);

    /** Whether the message is over, trailers included. What follows in the buffer belongs to the next one. */
    boolean isDone();
}
