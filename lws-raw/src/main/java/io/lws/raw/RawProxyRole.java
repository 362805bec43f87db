package io.lws.raw;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;

/** Passes connections on to where {@link RawProxy} says. Only on vhosts that ask for it by name, or by fallback. */
public final class RawProxyRole implements Role {
    /** The role's name, for {@code Vhost.Builder.acceptRole}. */
    public static final String NAME = "raw-proxy";

    /** For {@link java.util.ServiceLoader}. */
    public RawProxyRole() {}

    @Override
    public String name() {
        return NAME;
    }

    /** Below every role that reads what comes. */
    @Override
    public int priority() {
        return -200;
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return vhost.option(RawProxy.class) != null;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        RawProxy to = vhosts.first().option(RawProxy.class);
        if (to == null) {
            throw new IllegalStateException("vhost " + vhosts.first() + " does not say where to: it has no RawProxy");
        }
        return ProxyHalf.accept(connection, to);
    }
}
