package io.lws;

import java.net.SocketAddress;
import java.util.function.Predicate;

/**
 * Who may connect at all (lws: FILTER_NETWORK_CONNECTION). {@code admits} is asked with the caller's address when a
 * connection has been accepted, before TLS and before any role; whom it turns away is closed without an answer, and so is
 * everybody for whom it throws. Where vhosts share a socket it is the first one's. It runs on the loops that accept, several
 * of them at once, and must not block. A caller by a unix socket has an empty address.
 */
public record ConnectionFilter(Predicate<SocketAddress> admits) implements VhostOption {}
