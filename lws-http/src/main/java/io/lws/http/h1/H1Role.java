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
import java.util.Objects;
import java.util.ServiceLoader;

/** HTTP/1.1 and 1.0, server side (RFC 9112). */
public final class H1Role implements Role {
    private final List<HttpUpgrade> upgrades;

    /** For {@link ServiceLoader}. */
    public H1Role() {
        this(found());
    }

    H1Role(List<HttpUpgrade> upgrades) {
        this.upgrades = upgrades;
    }

    private static List<HttpUpgrade> found() {
        List<HttpUpgrade> found = new ArrayList<>();
        ServiceLoader.load(HttpUpgrade.class, HttpUpgrade.class.getClassLoader())
                .forEach(found::add);
        return found;
    }

    @Override
    public String name() {
        return "h1";
    }

    @Override
    public List<String> alpn() {
        return List.of("http/1.1");
    }

    /**
     * True for a vhost with mounts, with an HTTP protocol, or with one that HTTP can be upgraded to. Throws when a mount
     * leads nowhere, of this vhost or of one that shares its socket: better now than at the first request.
     */
    @Override
    public boolean canAccept(Vhost vhost) {
        for (Vhost each : vhost.context().vhosts()) {
            if (Objects.equals(each.listenAddress(), vhost.listenAddress())) {
                new HttpSite(each).close();
            }
        }
        return !HttpSite.mounts(vhost).isEmpty()
                || vhost.defaultProtocol(HttpProtocol.class) != null
                || upgrades.stream().anyMatch(upgrade -> upgrade.isServedBy(vhost));
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        return new H1Connection(connection, vhosts, upgrades);
    }
}
