package io.lws.http.client;

import io.lws.VhostOption;
import java.time.Duration;

/**
 * How long each part of an exchange may take. Immutable.
 *
 * @param dns looking the host up
 * @param connect from the first address to a connection, over all addresses
 * @param proxy the proxy's answer
 * @param tls a handshake
 * @param headers from the end of the request to the head of the final response
 * @param idle between two pieces of the response's content, while who reads it has not paused
 * @param total all of it, redirects and waiting for a connection included
 */
public record HttpTimeouts(
        Duration dns, Duration connect, Duration proxy, Duration tls, Duration headers, Duration idle, Duration total)
        implements VhostOption {
    public static final HttpTimeouts DEFAULT = builder().build();

    public HttpTimeouts {
        requirePositive("dns", dns);
        requirePositive("connect", connect);
        requirePositive("proxy", proxy);
        requirePositive("tls", tls);
        requirePositive("headers", headers);
        requirePositive("idle", idle);
        requirePositive("total", total);
    }

    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }

    /** Begins with the defaults: 5 s for the name, 10 s for each step to a connection, 30 s, 30 s, and 5 minutes in total. */
    public static final class Builder {
        private Duration dns = Duration.ofSeconds(5);
        private Duration connect = Duration.ofSeconds(10);
        private Duration proxy = Duration.ofSeconds(10);
        private Duration tls = Duration.ofSeconds(10);
        private Duration headers = Duration.ofSeconds(30);
        private Duration idle = Duration.ofSeconds(30);
        private Duration total = Duration.ofMinutes(5);

        private Builder() {}

        public Builder dns(Duration limit) {
            dns = limit;
            return this;
        }

        public Builder connect(Duration limit) {
            connect = limit;
            return this;
        }

        public Builder proxy(Duration limit) {
            proxy = limit;
            return this;
        }

        public Builder tls(Duration limit) {
            tls = limit;
            return this;
        }

        public Builder headers(Duration limit) {
            headers = limit;
            return this;
        }

        public Builder idle(Duration limit) {
            idle = limit;
            return this;
        }

        public Builder total(Duration limit) {
            total = limit;
            return this;
        }

        public HttpTimeouts build() {
            return new HttpTimeouts(dns, connect, proxy, tls, headers, idle, total);
        }
    }
}
