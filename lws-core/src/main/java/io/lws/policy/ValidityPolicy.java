package io.lws.policy;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * How long a connection may be silent before it is asked for a sign of life, and before it is given up (lws:
 * secs_since_valid_ping, _hangup). Both count from the last byte the peer has sent; 40 and 50 seconds by default.
 */
public record ValidityPolicy(Duration pingAfter, Duration hangUpAfter) implements VhostOption {
    public static final ValidityPolicy DEFAULT = new ValidityPolicy(Duration.ofSeconds(40), Duration.ofSeconds(50));

    /** Silence is no reason for anything. */
    public static final ValidityPolicy OFF = new ValidityPolicy(Duration.ofDays(36500), Duration.ofDays(36501));

    public ValidityPolicy {
        if (pingAfter.isNegative() || pingAfter.isZero() || hangUpAfter.compareTo(pingAfter) <= 0) {
            throw new IllegalArgumentException(
                    "hangUpAfter must be above pingAfter, and that above 0: " + pingAfter + ", " + hangUpAfter);
        }
    }
}
