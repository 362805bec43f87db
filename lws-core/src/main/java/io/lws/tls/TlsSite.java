package io.lws.tls;

import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.VhostException;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One vhost of a TLS port, and what a connection for it may become.
 *
 * @param group the vhost first, and those of the port a {@code Host} header may choose instead: the ones with the same
 *     policy, so that nobody comes in by a name that asks for less
 * @param offers ALPN names in the order of preference; empty = ALPN is ignored
 */
record TlsSite(VhostTls tls, VhostGroup group, List<String> offers, Map<String, Role> byAlpn, Role fallback) {

    static TlsSite of(Vhost vhost, VhostGroup port, List<Role> roles) {
        VhostTls tls = vhost.tls();
        if (tls == null) {
            throw new VhostException(vhost, " has no TLS, but others on its port have", null);
        }
        if (!tls.fromTheStart()) {
            throw new VhostException(vhost, " begins in plain text, but others on its port with TLS", null);
        }
        Map<String, Role> byAlpn = new LinkedHashMap<>();
        roles.forEach(role -> role.alpn().forEach(name -> byAlpn.putIfAbsent(name, role)));
        List<String> configured = tls.config().alpn();
        List<String> offers = configured == null ? List.copyOf(byAlpn.keySet()) : configured;
        return new TlsSite(tls, narrowed(vhost, tls, port), offers, byAlpn, fallback(roles));
    }

    /** Who asks for nothing gets what needs no asking: the highest role that is http/1.1 or has no ALPN name. */
    private static Role fallback(List<Role> roles) {
        return roles.stream()
                .filter(role -> role.alpn().isEmpty() || role.alpn().contains("http/1.1"))
                .findFirst()
                .orElse(roles.get(0));
    }

    private static VhostGroup narrowed(Vhost vhost, VhostTls tls, VhostGroup port) {
        List<Vhost> equals = new ArrayList<>(List.of(vhost));
        List<Vhost> elsewhere = new ArrayList<>();
        for (Vhost each : port.vhosts()) {
            VhostTls other = each.tls();
            if (each != vhost) {
                boolean alike = other != null && other.config().admitsLike(tls.config());
                (alike ? equals : elsewhere).add(each);
            }
        }
        return new VhostGroup(equals, elsewhere);
    }

    /**
     * The first of {@code offers} that is among {@code offered}; {@code null} where one side offers nothing.
     *
     * @throws ProtocolException no_application_protocol where nothing offered is known (RFC 7301 §3.2)
     */
    static @Nullable String chooseAlpn(@Nullable List<String> offers, List<String> offered) {
        if (offers == null || offers.isEmpty() || offered.isEmpty()) {
            return null;
        }
        for (String each : offers) {
            if (offered.contains(each)) {
                return each;
            }
        }
        throw new ProtocolException(TlsAlert.NO_APPLICATION_PROTOCOL, "none of the ALPN names offered is known");
    }

    Role role(@Nullable String alpn) {
        return alpn == null ? fallback : byAlpn.getOrDefault(alpn, fallback);
    }
}
