package io.lws.http.exchange;

import io.lws.Vhost;
import io.lws.VhostException;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpSite;
import io.lws.http.HttpSite.Route;
import io.lws.http.Mount;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.RoleConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a connection or a stream of HTTP can become. Immutable. */
public final class HttpUpgrades {
    private final List<HttpUpgrade> upgrades;

    public HttpUpgrades(List<HttpUpgrade> upgrades) {
        this.upgrades = List.copyOf(upgrades);
    }

    /** Those that {@link ServiceLoader} finds. */
    public static HttpUpgrades found() {
        return Found.UPGRADES;
    }

    /** Looked for once. */
    private static final class Found {
        static final HttpUpgrades UPGRADES = look();

        private static HttpUpgrades look() {
            List<HttpUpgrade> found = new ArrayList<>();
            ServiceLoader.load(HttpUpgrade.class, HttpUpgrade.class.getClassLoader())
                    .forEach(found::add);
            return new HttpUpgrades(found);
        }
    }

    public boolean isEmpty() {
        return upgrades.isEmpty();
    }

    /**
     * Whether {@code vhost} is one of HTTP: it has mounts, an HTTP protocol, or one that HTTP can be upgraded to. Throws
     * when a mount leads nowhere, of this vhost or of one that shares its socket: better now than at the first request.
     */
    public boolean isHttp(Vhost vhost) {
        for (Vhost each : vhost.context().vhosts()) {
            if (Objects.equals(each.listenAddress(), vhost.listenAddress())) {
                requireSite(each);
            }
        }
        return !HttpSite.mounts(vhost).isEmpty()
                || vhost.defaultProtocol(HttpProtocol.class) != null
                || upgrades.stream().anyMatch(upgrade -> upgrade.isServedBy(vhost));
    }

    private static void requireSite(Vhost vhost) {
        try {
            new HttpSite(vhost).close();
        } catch (VhostException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new VhostException(vhost, ": " + e.getMessage(), e);
        }
    }

    /**
     * The first answer, yes or no, of those whose token {@code offered} has, where the mount at {@code route} lets the
     * request be asked that; {@code null} where none is concerned.
     */
    public @Nullable UpgradeAnswer answer(Predicate<String> offered, @Nullable Route route, UpgradeRequest request) {
        for (HttpUpgrade upgrade : upgrades) {
            if (offered.test(upgrade.token()) && (route == null || route.mayUpgrade(request.request()))) {
                UpgradeAnswer answer = upgrade.answer(request);
                if (!(answer instanceof UpgradeAnswer.Ignore)) {
                    if (route != null) {
                        route.forgetUpgrade();
                    }
                    return answer;
                }
            }
        }
        return null;
    }

    /** The mount a request for an upgrade falls on, or {@code null}. */
    public static @Nullable Mount mount(@Nullable Route route) {
        return route == null || route.isNowhere() ? null : route.mount();
    }

    /** The role of a client that begins with HTTP/2's preface instead of a request; {@code null}: not spoken. */
    public @Nullable RoleConnection prior(Connection connection, VhostGroup vhosts) {
        for (HttpUpgrade upgrade : upgrades) {
            RoleConnection role = upgrade.prior(connection, vhosts);
            if (role != null) {
                return role;
            }
        }
        return null;
    }
}
