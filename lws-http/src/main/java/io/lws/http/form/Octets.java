package io.lws.http.form;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets collected up to a bound. */
final class Octets {
    private static final int FIRST_BYTES = 64;

    private final int maxBytes;
    private final String what;
    private byte[] kept = new byte[FIRST_BYTES];
    private int length;

    Octets(int maxBytes, String what) {
        this.maxBytes = maxBytes;
        this.what = what;
    }

    void add(byte b) {
        requireRoomFor(1);
        kept[length++] = b;
    }

    void addAll(ByteBuffer some) {
        int more = some.remaining();
        requireRoomFor(more);
        some.get(kept, length, more);
        length += more;
    }

    private void requireRoomFor(int more) {
        if (length + (long) more > maxBytes) {
            throw FormEvents.tooLarge(what + " is longer than " + maxBytes + " bytes");
        }
        if (length + more > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(length + more, Math.min(maxBytes, 2 * kept.length)));
        }
    }

    int length() {
        return length;
    }

    /** All of them as UTF-8, malformed ones as U+FFFD; then there are none. */
    String take() {
        String text = new String(kept, 0, length, StandardCharsets.UTF_8);
        length = 0;
        return text;
    }
}
