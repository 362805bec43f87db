package io.lws.tls;

import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first role of every connection to a TLS port: reads the ClientHello, chooses the vhost by it, waits for the
 * handshake, and makes way for the role ALPN asks for. Made for one listener; immutable.
 */
final class TlsAccept implements Role, TlsDoor {
    private final VhostGroup port;
    private final Map<Vhost, TlsSite> sites;

    private TlsAccept(VhostGroup port, Map<Vhost, TlsSite> sites) {
        this.port = port;
        this.sites = Map.copyOf(sites);
    }

    /**
     * For the context. {@code rolesFor} gives the roles that can serve a vhost, the preferred first, at least one.
     *
     * @throws IllegalArgumentException where only some of the vhosts have TLS
     */
    static TlsAccept of(VhostGroup port, Function<Vhost, List<Role>> rolesFor) {
        Map<Vhost, TlsSite> sites = new HashMap<>();
        for (Vhost each : port.vhosts()) {
            sites.put(each, TlsSite.of(each, port, rolesFor.apply(each)));
        }
        return new TlsAccept(port, sites);
    }

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        return new TlsAccepting(connection, this);
    }

    @Override
    public Chosen choose(ClientHello hello) {
        TlsSite site = named(hello.serverName());
        String alpn = TlsSite.chooseAlpn(site.offers(), hello.alpn());
        return new Chosen(
                site.tls(), alpn, (connection, info) -> site.role(alpn).accept(connection, site.group()));
    }

    @Override
    public Connection.@Nullable RoleFactory plainText() {
        TlsSite first = first();
        return first.tls().config().plainText() == PlainText.REFUSE
                ? null
                : connection -> first.role(null).accept(connection, first.group());
    }

    private TlsSite first() {
        return site(port.first());
    }

    /** The vhost of that name, one whose name is a wildcard for it, or the first if that takes strangers. */
    private TlsSite named(@Nullable String serverName) {
        if (serverName == null) {
            return first();
        }
        Vhost found = port.find(serverName);
        if (found != null) {
            return site(found);
        }
        if (first().tls().config().unknownName() == UnknownName.REFUSE) {
            throw new ProtocolException(TlsAlert.UNRECOGNIZED_NAME, "no vhost of that name");
        }
        return first();
    }

    private TlsSite site(Vhost vhost) {
        return Objects.requireNonNull(sites.get(vhost));
    }
}
