package io.lws.spi;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import java.util.List;

/**
 * A wire protocol a connection can play (lws: role ops). Stateless; discovered by {@link java.util.ServiceLoader}. What
 * belongs to one connection is in the {@link RoleConnection} it makes.
 */
public interface Role {
    /** The field's name: {@code h1}, {@code ws}, {@code raw-skt}. */
    String name();

    /** Among the roles that could take a listener's connections the highest wins. */
    default int priority() {
        return 0;
    }

    /** The ALPN names (RFC 7301) by which a TLS client asks for this role, such as {@code http/1.1}; none = it has none. */
    default List<String> alpn() {
        return List.of();
    }

    /** Whether this role can be the first one on a connection accepted for {@code vhost}. Called while a listener opens. */
    default boolean canAccept(Vhost vhost) {
        return false;
    }

    /** Makes the state of a newly accepted connection, on its loop. Only called where {@link #canAccept} said so. */
    default RoleConnection accept(Connection connection, VhostGroup vhosts) {
        throw new UnsupportedOperationException("role " + name() + " does not accept connections");
    }
}
