package io.lws.raw;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;

/** Serves connections of vhosts whose default protocol is a {@link RawProtocol} (lws: raw-skt). */
public final class RawRole implements Role {
    /** The role's name, for {@code Vhost.Builder.acceptRole}. */
    public static final String NAME = "raw-skt";

    /** For {@link java.util.ServiceLoader}. */
    public RawRole() {}

    @Override
    public String name() {
        return NAME;
    }

    /** Below the roles that recognize what they read. */
    @Override
    public int priority() {
        return -100;
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return vhost.defaultProtocol(RawProtocol.class) != null;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        Vhost vhost = vhosts.first();
        RawProtocol<?> protocol = vhost.defaultProtocol(RawProtocol.class);
        if (protocol == null) {
            throw new IllegalStateException("vhost " + vhost + " has no raw protocol");
        }
        return RawConnection.open(connection, vhost, protocol, RawConnection.Side.SERVER);
    }
}
