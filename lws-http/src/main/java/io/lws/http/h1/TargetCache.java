package io.lws.http.h1;

import io.lws.http.HttpMethod;
import io.lws.http.RequestTarget;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The targets a loop has seen lately, taken apart: a request for a path that is asked for often makes no object. One
 * entry per slot, a later target takes it over. Targets with a query are not kept: they are many, and may be private.
 */
final class TargetCache {
    private static final int SLOTS = 256;
    private static final int MAX_TARGET_BYTES = 128;

    private final byte[][] keys = new byte[SLOTS][];
    private final @Nullable RequestTarget[] targets = new RequestTarget[SLOTS];

    /** The target in {@code bytes[from, to)}. {@code hash} is any function of these bytes alone. */
    RequestTarget get(HttpMethod method, byte[] bytes, int from, int to, int hash) {
        int slot = (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
        RequestTarget kept = targets[slot];
        boolean ownForm = method == HttpMethod.CONNECT || bytes[from] != '/';
        if (!ownForm && kept != null && Arrays.equals(keys[slot], 0, keys[slot].length, bytes, from, to)) {
            return kept;
        }
        RequestTarget target =
                RequestTarget.parse(method, new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        if (!ownForm && to - from <= MAX_TARGET_BYTES && target.query() == null) {
            keys[slot] = Arrays.copyOfRange(bytes, from, to);
            targets[slot] = target;
        }
        return target;
    }
}
