package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.http.H2Limits;
import java.util.Arrays;

/**
 * Counts what costs the peer little and us more: each kind may happen so often in a period. Who asks for more is told to
 * calm down, and goes.
 */
final class H2Guard {
    /** What is counted. */
    enum Kind {
        /** Streams ended by a reset, whoever sent it (CVE-2023-44487, CVE-2025-8671). */
        RESET("streams reset"),
        /** Frames that carry nothing of a request. */
        CONTROL("control frames"),
        /** DATA without content that ends nothing (CVE-2019-9518). */
        EMPTY("empty DATA frames"),
        WINDOW("WINDOW_UPDATE frames");

        private final String what;

        Kind(String what) {
            this.what = what;
        }
    }

    /** A window update is earned by so many bytes sent. */
    private static final int EARNING_BYTES = 512;

    private final int[] limits;
    private final int[] spent = new int[Kind.values().length];
    private final long periodNs;
    private long periodStartNs;
    private long unearnedBytes;

    H2Guard(H2Limits limits, long nowNs) {
        this.limits = new int[] {limits.resets(), limits.controlFrames(), limits.emptyFrames(), limits.windowUpdates()};
        periodNs = limits.budgetPeriod().toNanos();
        periodStartNs = nowNs;
    }

    /** One more. @throws ProtocolException ENHANCE_YOUR_CALM when that is one too many */
    void spend(Kind kind, long nowNs) {
        if (nowNs - periodStartNs >= periodNs) {
            periodStartNs = nowNs;
            Arrays.fill(spent, 0);
        }
        if (++spent[kind.ordinal()] > limits[kind.ordinal()]) {
            throw new ProtocolException(H2Error.ENHANCE_YOUR_CALM, "too many " + kind.what);
        }
    }

    /** A request has come, which allows for a word about it, such as how urgent it has become. */
    void requested() {
        int at = Kind.CONTROL.ordinal();
        spent[at] = Math.max(spent[at] - 1, -limits[at]);
    }

    /** So much has been sent, for which the peer may have to give credit. */
    void sent(int bytes) {
        unearnedBytes += bytes;
        int earned = (int) (unearnedBytes / EARNING_BYTES);
        if (earned > 0) {
            unearnedBytes -= (long) earned * EARNING_BYTES;
            int at = Kind.WINDOW.ordinal();
            int left = spent[at] - earned;
            int most = -limits[at];
            spent[at] = left < most ? most : left;
        }
    }
}
