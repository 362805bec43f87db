package io.lws.http.spi;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.RoleConnection;
import org.jspecify.annotations.Nullable;

/**
 * A protocol that HTTP connections can be upgraded to (RFC 9110 7.8; over h2 by extended CONNECT, RFC 8441). Found by
 * {@link java.util.ServiceLoader}; stateless.
 */
public interface HttpUpgrade {
    /** What the Upgrade field calls it, in lower case, such as {@code websocket}. */
    String token();

    /** Whether {@code vhost} serves it at all; asked once, when a listener opens. */
    boolean isServedBy(Vhost vhost);

    /** Decides about one request. What it throws closes the connection. */
    UpgradeAnswer answer(UpgradeRequest request);

    /**
     * The role for a client that asks nothing but begins with the preface of HTTP/2 (RFC 9113 3.4), which is left to be
     * read; {@code null} for an upgrade to anything else.
     */
    default @Nullable RoleConnection prior(Connection connection, VhostGroup vhosts) {
        return null;
    }
}
