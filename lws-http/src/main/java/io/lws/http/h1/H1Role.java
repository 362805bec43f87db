package io.lws.http.h1;

import io.lws.Vhost;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.http.spi.HttpUpgrade;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.util.List;
import java.util.ServiceLoader;

/** HTTP/1.1 and 1.0, server side (RFC 9112). */
public final class H1Role implements Role {
    private final HttpUpgrades upgrades;

    /** For {@link ServiceLoader}. */
    public H1Role() {
        upgrades = HttpUpgrades.found();
    }

    H1Role(List<HttpUpgrade> upgrades) {
        this.upgrades = new HttpUpgrades(upgrades);
    }

    @Override
    public String name() {
        return "h1";
    }

    @Override
    public List<String> alpn() {
        return List.of("http/1.1");
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return upgrades.isHttp(vhost);
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        return new H1Connection(connection, vhosts, upgrades);
    }
}
