package io.lws.ws.deflate;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The last bytes of what was inflated, to which what follows may refer. Holds as much memory as there were bytes. */
final class Window {
    private final int maxBytes;
    private byte @Nullable [] bytes;
    private int lengthBytes;

    Window(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int lengthBytes() {
        return lengthBytes;
    }

    /** Adds {@code [from, from + added)} of {@code source}, absolute indices. */
    void add(ByteBuffer source, int from, int added) {
        if (added == 0) {
            return;
        }
        int taken = Math.min(added, maxBytes);
        int kept = Math.min(lengthBytes, maxBytes - taken);
        byte[] room = roomFor(kept + taken);
        if (bytes != null) {
            System.arraycopy(bytes, lengthBytes - kept, room, 0, kept);
        }
        source.get(from + added - taken, room, kept, taken);
        bytes = room;
        lengthBytes = kept + taken;
    }

    private byte[] roomFor(int wanted) {
        byte[] old = bytes;
        if (old != null && old.length >= wanted) {
            return old;
        }
        return new byte[Math.min(maxBytes, Math.max(wanted, old == null ? 0 : 2 * old.length))];
    }

    /** Gives {@code inflater}, fresh, all of it to refer to. */
    void prime(Inflater inflater) {
        byte[] dictionary = bytes;
        if (dictionary != null && lengthBytes > 0) {
            inflater.setDictionary(dictionary, 0, lengthBytes);
        }
    }

    /** Lets go of memory that doubling took and nothing came to fill. */
    void trim() {
        byte[] held = bytes;
        if (held != null && held.length < maxBytes && held.length > lengthBytes + lengthBytes / 4) {
            bytes = Arrays.copyOf(held, lengthBytes);
        }
    }

    void clear() {
        bytes = null;
        lengthBytes = 0;
    }
}
