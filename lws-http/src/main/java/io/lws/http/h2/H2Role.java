package io.lws.http.h2;

import io.lws.Vhost;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.util.List;
import java.util.ServiceLoader;

/**
 * HTTP/2, server side (RFC 9113), where a TLS client asks for it. In plain text a connection begins as HTTP/1 and comes
 * here by {@link H2cUpgrade}.
 */
public final class H2Role implements Role {
    private final HttpUpgrades upgrades;

    /** For {@link ServiceLoader}. */
    public H2Role() {
        this(HttpUpgrades.found());
    }

    H2Role(HttpUpgrades upgrades) {
        this.upgrades = upgrades;
    }

    @Override
    public String name() {
        return "h2";
    }

    /** Above HTTP/1: a client that speaks both gets this. */
    @Override
    public int priority() {
        return 1;
    }

    @Override
    public List<String> alpn() {
        return List.of("h2");
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return vhost.tls() != null && upgrades.isHttp(vhost);
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        return H2Server.accept(connection, vhosts, upgrades, null);
    }
}
