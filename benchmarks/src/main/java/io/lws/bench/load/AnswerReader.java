package io.lws.bench.load;

import java.nio.ByteBuffer;

/** Reads one connection's answers. */
interface AnswerReader {
    /**
     * Takes all of {@code in}.
     *
     * @return how many answers ended in it
     * @throws WrongAnswer when they are not what was asked for
     */
    int read(ByteBuffer in);
}
