package io.lws.ws.deflate;

import java.util.ArrayDeque;
import java.util.zip.Inflater;

/** Inflaters that no message needs at the moment: a few, for the messages of one loop. */
public final class InflaterPool {
    private static final int MAX_SPARE = 8;

    private final ArrayDeque<Inflater> spare = new ArrayDeque<>(MAX_SPARE);
    private int lent;

    public InflaterPool() {}

    Inflater take() {
        lent++;
        Inflater inflater = spare.pollLast();
        return inflater == null ? new Inflater(true) : inflater;
    }

    void give(Inflater inflater) {
        lent--;
        if (spare.size() == MAX_SPARE) {
            inflater.end();
            return;
        }
        inflater.reset();
        spare.addLast(inflater);
    }

    /** How many are at work in the middle of a message. */
    public int lent() {
        return lent;
    }
}
