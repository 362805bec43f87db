package io.lws.http.h2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of a connection that are not closed, by number; and how the last closed ones ended. */
final class StreamTable {
    /** How a stream came to its end. */
    enum Ending {
        /** Not known: never opened, or long ago. */
        FORGOTTEN,
        /** Both sides ended, or the peer reset it. */
        BY_PEER,
        /** We reset it; the peer may not have known when it sent what comes now. */
        BY_US
    }

    private static final int FIRST_SLOTS = 16;
    private static final int REMEMBERED = 64;
    private static final int BY_US_BIT = 1 << 31;

    private @Nullable H2Stream[] slots = new @Nullable H2Stream[FIRST_SLOTS];
    private int count;
    private final int[] ended = new int[REMEMBERED];
    private int endings;
    /** Removed ones whose users may not have come to the end yet; the others go when the next one comes. */
    private final List<H2Stream> unfinished = new ArrayList<>();

    int count() {
        return count;
    }

    @Nullable
    H2Stream get(int id) {
        for (int at = slot(id); ; at = at + 1 & slots.length - 1) {
            H2Stream stream = slots[at];
            if (stream == null || stream.id == id) {
                return stream;
            }
        }
    }

    void add(H2Stream stream) {
        if (++count * 2 > slots.length) {
            grow();
        }
        place(stream);
    }

    /** Idempotent. */
    void remove(H2Stream stream, Ending how) {
        int at = slot(stream.id);
        while (slots[at] != stream) {
            if (slots[at] == null) {
                return;
            }
            at = at + 1 & slots.length - 1;
        }
        slots[at] = null;
        count--;
        // what stood behind it may have been pushed there by it
        for (int next = at + 1 & slots.length - 1; slots[next] != null; next = next + 1 & slots.length - 1) {
            H2Stream moved = slots[next];
            slots[next] = null;
            if (moved != null) {
                place(moved);
            }
        }
        ended[endings++ & REMEMBERED - 1] = how == Ending.BY_US ? stream.id | BY_US_BIT : stream.id;
        unfinished.removeIf(each -> each.user() == null);
        unfinished.add(stream);
    }

    /** Closed, and yet to be told of the end: a head that was the whole answer, content that is read later. */
    List<H2Stream> unfinished() {
        unfinished.removeIf(each -> each.user() == null);
        return List.copyOf(unfinished);
    }

    /** A stream of the peer's that was never let in: what belongs to it may be on its way. */
    void refused(int id) {
        ended[endings++ & REMEMBERED - 1] = id | BY_US_BIT;
    }

    /** The peer, too, has reset that stream: nothing may be on its way any more. */
    void endedByPeer(int id) {
        for (int i = 0; i < ended.length; i++) {
            ended[i] = ended[i] == (id | BY_US_BIT) ? id : ended[i];
        }
    }

    Ending endingOf(int id) {
        for (int each : ended) {
            if (each == id) {
                return Ending.BY_PEER;
            }
            if (each == (id | BY_US_BIT)) {
                return Ending.BY_US;
            }
        }
        return Ending.FORGOTTEN;
    }

    /** All of them, to be gone through while some end. */
    List<H2Stream> snapshot() {
        List<H2Stream> all = new ArrayList<>(count);
        for (H2Stream each : slots) {
            if (each != null) {
                all.add(each);
            }
        }
        return all;
    }

    private int slot(int id) {
        return id >>> 1 & slots.length - 1;
    }

    private void place(H2Stream stream) {
        int at = slot(stream.id);
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = stream;
    }

    private void grow() {
        @Nullable H2Stream[] before = slots;
        slots = new @Nullable H2Stream[before.length * 2];
        for (H2Stream each : before) {
            if (each != null) {
                place(each);
            }
        }
    }
}
