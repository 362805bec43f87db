package io.lws.http.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Nonces that need no memory until somebody has used one: when it was made, signed. Of those used, the highest count is
 * kept, for {@value #MAX_USED} nonces; when one has to be forgotten early, it is not accepted any more. Any thread.
 */
final class Nonces {
    private static final int MAX_USED = 4096;
    private static final int SIGNATURE_BYTES = 16;
    private static final int NONCE_BYTES = 2 * Long.BYTES + SIGNATURE_BYTES;

    /** What a nonce is worth. */
    enum Use {
        FRESH,
        STALE,
        UNKNOWN
    }

    private final long lifetimeNs;
    private final LongSupplier clockNs;
    private final byte[] key = new byte[32];
    private final SecureRandom random = new SecureRandom();
    private final LinkedHashMap<String, Long> used = new LinkedHashMap<>();
    /** Nonces made before this have been forgotten; none is older than this object. */
    private long forgottenBeforeNs;

    Nonces(Duration lifetime) {
        this(lifetime, System::nanoTime);
    }

    /** With a clock of one's own, for tests. */
    Nonces(Duration lifetime, LongSupplier clockNs) {
        lifetimeNs = lifetime.toNanos();
        this.clockNs = clockNs;
        forgottenBeforeNs = clockNs.getAsLong();
        random.nextBytes(key);
    }

    String make() {
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer out = ByteBuffer.wrap(nonce).putLong(clockNs.getAsLong()).putLong(random.nextLong());
        out.put(signature(nonce));
        return Base64.getEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Uses a nonce with a count of eight hexadecimal digits, which must be higher than the last. */
    synchronized Use use(String nonce, String count) {
        Long madeNs = madeNs(nonce);
        long number = number(count);
        if (madeNs == null || number < 1) {
            return Use.UNKNOWN;
        }
        if (clockNs.getAsLong() - madeNs > lifetimeNs || madeNs - forgottenBeforeNs < 0) {
            used.remove(nonce);
            return Use.STALE;
        }
        Long last = used.get(nonce);
        if (last != null && number <= last) {
            return Use.STALE; // seen before: the client may try again with another nonce
        }
        used.put(nonce, number);
        if (used.size() > MAX_USED) {
            Map.Entry<String, Long> eldest = used.entrySet().iterator().next();
            Long eldestNs = madeNs(eldest.getKey());
            if (eldestNs != null && eldestNs - forgottenBeforeNs >= 0) {
                forgottenBeforeNs = eldestNs + 1;
            }
            used.remove(eldest.getKey());
        }
        return Use.FRESH;
    }

    private @Nullable Long madeNs(String nonce) {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return null;
        }
        if (octets.length != NONCE_BYTES) {
            return null;
        }
        byte[] signed = Arrays.copyOfRange(octets, 2 * Long.BYTES, NONCE_BYTES);
        return MessageDigest.isEqual(signed, signature(octets))
                ? (Long) ByteBuffer.wrap(octets).getLong()
                : null;
    }

    private byte[] signature(byte[] nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(nonce, 0, 2 * Long.BYTES);
            return Arrays.copyOf(mac.doFinal(), SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JRE has it
        }
    }

    private static long number(String count) {
        try {
            return count.length() == 8 ? Long.parseLong(count, 16) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
