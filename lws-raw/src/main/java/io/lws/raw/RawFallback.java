package io.lws.raw;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * An http vhost whose connections become raw when their first bytes are no HTTP (lws: fallback). What they are instead is
 * served by {@code role}: {@link RawRole#NAME} for the vhost's raw protocol, {@link RawProxyRole#NAME} to be passed on.
 *
 * <p>On a vhost with TLS the first bytes of every connection decide twice: whether it is TLS at all, for which the vhost
 * needs {@link io.lws.tls.PlainText#ALLOW}, and then, inside, whether it is HTTP.
 *
 * @param silentFor a peer that says nothing for so long waits for the other side to begin and is no HTTP client either;
 *     zero = it is given the time of a request head
 */
public record RawFallback(String role, Duration silentFor) implements VhostOption {
    /** To the vhost's raw protocol. */
    public static RawFallback protocol() {
        return new RawFallback(RawRole.NAME, Duration.ZERO);
    }

    /** To where the vhost's {@link RawProxy} says. */
    public static RawFallback proxy() {
        return new RawFallback(RawProxyRole.NAME, Duration.ZERO);
    }

    public RawFallback silentFor(Duration limit) {
        return new RawFallback(role, limit);
    }
}
