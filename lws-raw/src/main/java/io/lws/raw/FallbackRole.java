package io.lws.raw;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.util.List;

/** Looks at the first bytes before it decides who serves a connection of a vhost with {@link RawFallback}. */
public final class FallbackRole implements Role {
    static final String NAME = "fallback";

    /** For {@link java.util.ServiceLoader}. */
    public FallbackRole() {}

    @Override
    public String name() {
        return NAME;
    }

    /** Before every role it may choose. */
    @Override
    public int priority() {
        return 1000;
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return vhost.option(RawFallback.class) != null;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        Vhost vhost = vhosts.first();
        RawFallback fallback = vhost.option(RawFallback.class);
        if (fallback == null) {
            throw new IllegalStateException("vhost " + vhost + " has no RawFallback");
        }
        List<Role> able = vhost.context().rolesFor(vhost);
        Role raw = able.stream()
                .filter(each -> each.name().equals(fallback.role()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "vhost " + vhost + " cannot fall back to " + fallback.role() + ": it has nothing for it"));
        Role http = able.stream()
                .filter(each -> !each.name().equals(NAME) && each.priority() > RAW_PRIORITY)
                .findFirst()
                .orElse(raw);
        return new FirstBytes(
                connection, fallback, () -> http.accept(connection, vhosts), () -> raw.accept(connection, vhosts));
    }

    private static final int RAW_PRIORITY = new RawRole().priority();
}
