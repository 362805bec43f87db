package io.lws.lwsws;

import io.lws.http.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one object in {@code vhosts} says. */
final class VhostSettings {
    private static final String NO_TLS =
            "TLS is not built yet; serving this without it would send secrets in the clear";

    private static final KeyTable<VhostSettings> KEYS = KeyTable.<VhostSettings>builder()
            .key("name", (vhost, value) -> vhost.name = value.nonEmptyText())
            .key("port", (vhost, value) -> vhost.listen.port(value))
            .key("interface", (vhost, value) -> vhost.listen.interfaceName(value))
            .key("unix-socket", (vhost, value) -> vhost.listen.unixSocket(value))
            .key("noipv6", (vhost, value) -> vhost.listen.noIpv6(value))
            .key("mounts", (vhost, value) -> vhost.mounts(value))
            .key("ws-protocols", (vhost, value) -> vhost.protocols(value))
            .key("headers", (vhost, value) -> vhost.headers = HeaderSettings.read(value))
            .key("keepalive_timeout", (vhost, value) -> vhost.keepAlive = Duration.ofSeconds(value.integer(1, 86_400)))
            .alias("keepalive-timeout", "keepalive_timeout")
            .alias("keeplive-timeout", "keepalive_timeout")
            .key("listen-accept-role", (vhost, value) -> vhost.acceptRole = value)
            .key("listen-accept-protocol", (vhost, value) -> vhost.acceptProtocol = value)
            .withoutEffect("listen-accept-role is always applied from the first byte", "apply-listen-accept", "onlyraw")
            .refused(NO_TLS, "host-ssl-key", "host-ssl-cert", "host-ssl-ca", "client-cert-required", "redirect-http")
            .withoutEffect(
                    "without host-ssl-cert there is no TLS to set up",
                    "ciphers",
                    "tls13-ciphers",
                    "ecdh-curve",
                    "alpn",
                    "ssl-option-set",
                    "ssl-option-clear",
                    "ignore-missing-cert",
                    "sts",
                    "allow-non-tls",
                    "allow-http-on-https")
            .withoutEffect(
                    "lwsws makes no connections of its own yet",
                    "enable-client-ssl",
                    "client-ssl-key",
                    "client-ssl-cert",
                    "client-ssl-ca",
                    "client-ssl-ciphers",
                    "client-tls13-ciphers",
                    "client-ecdh-curve",
                    "ssl-client-option-set",
                    "ssl-client-option-clear")
            .refused("rights of a unix socket are not built yet; anybody could connect", "unix-socket-perms")
            .refused("refusing unknown hosts is not built yet; they would be served", "strict-host-check")
            .refused("falling back from HTTP is not built yet", "fallback-listen-accept")
            .withoutEffect("a socket of the JVM takes both families; name an interface", "ipv6only")
            .withoutEffect("the JVM has no fast open for listening sockets", "fo-listen-queue")
            .withoutEffect("requests are not logged yet", "access-log")
            .withoutEffect("the built-in page is sent until HTTP can send another", "error-document-404")
            .withoutEffect("there is no HTTP/2 yet", "h2-half-closed-long-poll")
            .withoutEffect("there is no QUIC", "quic-mtu", "quic-preferred-addresses")
            .withoutEffect("there is no DHT", "dht")
            .withoutEffect("who names no protocol gets the default one or none", "disable-no-protocol-ws-upgrades")
            .build();

    private final Value object;
    private final Path base;
    private final ListenSettings listen;
    private final List<MountSettings.Placed> mounts = new ArrayList<>();
    private final Map<String, ProtocolSettings> protocols = new LinkedHashMap<>();
    private @Nullable String name;
    private Headers headers = Headers.EMPTY;
    private @Nullable Duration keepAlive;
    private @Nullable Value acceptRole;
    private @Nullable Value acceptProtocol;

    private VhostSettings(Value object, Path base) {
        this.object = object;
        this.base = base;
        listen = new ListenSettings(object, base);
    }

    static VhostSettings read(Value object, Path base) {
        VhostSettings vhost = new VhostSettings(object, base);
        KEYS.read(object, vhost);
        vhost.settle();
        return vhost;
    }

    private void mounts(Value list) {
        for (Value each : list.elements()) {
            MountSettings.Placed mount = MountSettings.read(each, base);
            if (mount != null) {
                mounts.add(mount);
            }
        }
    }

    private void protocols(Value list) {
        for (Value each : list.namedEntries()) {
            if (protocols.putIfAbsent(each.name(), ProtocolSettings.read(each)) != null) {
                each.problemAtKey("is given twice");
            }
        }
    }

    /** Checks what takes several keys to check. */
    private void settle() {
        if (name == null) {
            object.problem("has no name");
        }
        listen.settle();
        if (acceptProtocol != null) {
            settleAcceptProtocol(acceptProtocol);
        }
        for (MountSettings.Placed each : mounts) {
            each.requireProtocolAmong(protocols.keySet());
        }
    }

    private void settleAcceptProtocol(Value value) {
        ProtocolSettings wanted = protocols.get(value.text());
        if (wanted != null) {
            wanted.makeDefault();
        } else {
            value.problem("is " + value.node().kind() + " where one of the vhost's ws-protocols is wanted");
        }
    }

    Value object() {
        return object;
    }

    String name() {
        return name == null ? "" : name;
    }

    ListenSettings listen() {
        return listen;
    }

    List<MountSettings.Placed> mounts() {
        return List.copyOf(mounts);
    }

    /** In the order written. */
    List<ProtocolSettings> protocols() {
        return List.copyOf(protocols.values());
    }

    /** Sent with what its mounts answer. */
    Headers headers() {
        return headers;
    }

    @Nullable
    Duration keepAlive() {
        return keepAlive;
    }

    /** What names the role that connections start in, or {@code null}. */
    @Nullable
    Value acceptRole() {
        return acceptRole;
    }
}
