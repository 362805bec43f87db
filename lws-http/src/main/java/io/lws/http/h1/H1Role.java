package io.lws.http.h1;

import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpSite;
import io.lws.http.spi.HttpUpgrade;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** HTTP/1.1 and 1.0, server side (RFC 9112). */
public final class H1Role implements Role {
    private final List<HttpUpgrade> upgrades = new ArrayList<>();

    /** For {@link ServiceLoader}. */
    public H1Role() {
        ServiceLoader.load(HttpUpgrade.class, HttpUpgrade.class.getClassLoader())
                .forEach(upgrades::add);
    }

    @Override
    public String name() {
        return "h1";
    }

    /** True for a vhost with mounts, with an HTTP protocol, or with one that HTTP can be upgraded to. */
    @Override
    public boolean canAccept(Vhost vhost) {
        return !HttpSite.mounts(vhost).isEmpty()
                || vhost.defaultProtocol(HttpProtocol.class) != null
                || upgrades.stream().anyMatch(upgrade -> upgrade.isServedBy(vhost));
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        return new H1Connection(connection, vhosts, upgrades);
    }
}
