package io.lws.lwsws;

import io.lws.VhostOption;
import io.lws.http.ErrorDocuments;
import io.lws.http.Headers;
import io.lws.http.HostCheck;
import io.lws.http.HttpStatus;
import io.lws.http.Mount;
import io.lws.raw.RawFallback;
import io.lws.raw.RawProxy;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import io.lws.ws.WsNamelessUpgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one object in {@code vhosts} says. */
final class VhostSettings {
    private static final String RAW_PROXY = "raw-proxy";
    private static final String GIVEN_UP = "lws-meta";

    private static final KeyTable<VhostSettings> KEYS = ClientTlsSettings.keys(
                    TlsSettings.keys(KeyTable.<VhostSettings>builder(), vhost -> vhost.tls), vhost -> vhost.clientTls)
            .key("name", (vhost, value) -> vhost.name = value.nonEmptyText())
            .key("port", (vhost, value) -> vhost.listen.port(value))
            .key("interface", (vhost, value) -> vhost.listen.interfaceName(value))
            .key("unix-socket", (vhost, value) -> vhost.listen.unixSocket(value))
            .key("noipv6", (vhost, value) -> vhost.listen.noIpv6(value))
            .key("ipv6only", (vhost, value) -> vhost.listen.onlyIpv6(value))
            .key("mounts", (vhost, value) -> vhost.mounts(value))
            .key("ws-protocols", (vhost, value) -> vhost.protocols(value))
            .key("headers", (vhost, value) -> vhost.headers = HeaderSettings.read(value))
            .key("keepalive_timeout", (vhost, value) -> vhost.keepAlive(value.integer(0, 86_400)))
            .alias("keepalive-timeout", "keepalive_timeout")
            .alias("keeplive-timeout", "keepalive_timeout")
            .key("listen-accept-role", (vhost, value) -> vhost.acceptRole = value)
            .key("listen-accept-protocol", (vhost, value) -> vhost.acceptProtocol = value)
            .withoutEffect("listen-accept-role is always applied from the first byte", "apply-listen-accept", "onlyraw")
            .key("unix-socket-perms", (vhost, value) -> vhost.listen.unixSocketPerms(value))
            .key("strict-host-check", (vhost, value) -> vhost.option(HostCheck.STRICT, HostCheck.NONE, value))
            .key(
                    "disable-no-protocol-ws-upgrades",
                    (vhost, value) -> vhost.option(WsNamelessUpgrades.REFUSE, WsNamelessUpgrades.ALLOW, value))
            .key("error-document-404", (vhost, value) -> vhost.notFound = value)
            .key("access-log", VhostSettings::accessLog)
            .key("fallback-listen-accept", (vhost, value) -> vhost.fallsBack = value.flag())
            .withoutEffect("the JVM has no fast open for listening sockets", "fo-listen-queue")
            .withoutEffect(
                    "a stream lives as long as its protocol says, half closed or not", "h2-half-closed-long-poll")
            .withoutEffect("there is no QUIC", "quic-mtu", "quic-preferred-addresses")
            .withoutEffect("there is no DHT", "dht")
            .build();

    private final Value object;
    private final Path base;
    private final ListenSettings listen;
    private final List<MountSettings.Placed> mounts = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private final Map<String, ProtocolSettings> protocols = new LinkedHashMap<>();
    private final List<VhostOption> options = new ArrayList<>();
    private final TlsSettings tls;
    private final ClientTlsSettings clientTls;
    private @Nullable Value notFound;
    private @Nullable Path accessLog;
    private @Nullable String name;
    private Headers headers = Headers.EMPTY;
    private @Nullable Duration keepAlive;
    private @Nullable Value acceptRole;
    private boolean fallsBack;
    private @Nullable Value acceptProtocol;

    private VhostSettings(Value object, Path base) {
        this.object = object;
        this.base = base;
        listen = new ListenSettings(object, base);
        tls = new TlsSettings(base);
        clientTls = new ClientTlsSettings(base);
    }

    static Map<String, String> keys() {
        return KEYS.remarks();
    }

    static VhostSettings read(Value object, Path base) {
        VhostSettings vhost = new VhostSettings(object, base);
        KEYS.read(object, vhost);
        vhost.settle();
        return vhost;
    }

    private void option(VhostOption on, VhostOption off, Value value) {
        options.add(value.flag() ? on : off);
    }

    private void accessLog(Value value) {
        Path file = Paths.path(value, base);
        Path directory = file == null ? null : file.getParent();
        if (file == null || directory == null) {
            return;
        }
        boolean isThere = Files.exists(file);
        if (isThere && (Files.isDirectory(file) || !Files.isWritable(file))) {
            value.problem(
                    "cannot be written: " + (Files.isDirectory(file) ? file + " is a directory" : "permission denied"));
        } else if (!isThere && !(Files.isDirectory(directory) && Files.isWritable(directory))) {
            value.problem("cannot be written: " + directory + " is no directory to write in");
        } else {
            accessLog = file;
        }
    }

    /** 0 is lws' own, as it is where nothing is said. */
    private void keepAlive(int seconds) {
        keepAlive = seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    private void mounts(Value list) {
        for (Value each : list.elements()) {
            MountSettings.Placed mount = MountSettings.read(each, base);
            if (mount != null) {
                String place = mount.mount().mountpoint() + (mount.mount().isExactMatch() ? " " : "");
                if (!places.add(place)) {
                    each.problem("a mount of this vhost is at " + mount.mount().mountpoint() + " already");
                }
                mounts.add(mount);
            }
        }
    }

    private void protocols(Value list) {
        for (Value each : list.namedEntries()) {
            if (each.name().equals(GIVEN_UP)) {
                each.note("has no effect here: lws has no such protocol any more, though its sample names it");
            } else if (protocols.putIfAbsent(each.name(), ProtocolSettings.read(each)) != null) {
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
        settleProxy();
        if (acceptProtocol != null) {
            settleAcceptProtocol(acceptProtocol);
        }
        for (MountSettings.Placed each : mounts) {
            each.requireProtocolsAmong(protocols.keySet());
        }
        if (notFound != null) {
            settleNotFound(notFound);
        }
    }

    /** The key holds a path on the vhost, as a browser would ask for it. */
    private void settleNotFound(Value value) {
        String path = value.nonEmptyText();
        if (path == null) {
            return;
        }
        for (MountSettings.Placed each : mounts) {
            Mount mount = each.mount();
            if (mount.kind() == Mount.Kind.FILES && mount.serves(path)) {
                Path file = mount.origin().resolve(mount.remainder(path).replaceFirst("^/+", ""));
                if (Files.isRegularFile(file)) {
                    value.tried(() -> options.add(ErrorDocuments.of(HttpStatus.NOT_FOUND, file)));
                    return;
                }
            }
        }
        value.problem("no file mount of this vhost has " + value.node().kind());
    }

    /** Reads what TLS needs; {@code alpn} holds where the vhost says nothing of it. */
    void settleTls(@Nullable Value alpn) {
        tls.alpnUnlessGiven(alpn);
        tls.settle();
        clientTls.settle();
        TlsClientConfig outward = clientTls.config();
        if (outward != null) {
            options.add(outward);
        }
    }

    /** With the role of that name what lws has as a protocol is its option; with raw-skt it is a protocol, of a plugin. */
    private void settleProxy() {
        Value role = acceptRole;
        boolean passesOn = role != null && RAW_PROXY.equals(role.text());
        if (role != null && passesOn) {
            ProtocolSettings proxy = protocols.remove(RAW_PROXY);
            if (proxy == null) {
                role.problem("needs the ws-protocol raw-proxy with its option onward");
            } else {
                proxy.value()
                        .tried(() -> options.add(RawProxy.to(proxy.options().string("onward"))));
            }
            acceptProtocol = acceptProtocol != null && RAW_PROXY.equals(acceptProtocol.text()) ? null : acceptProtocol;
        }
        if (fallsBack) {
            options.add(passesOn ? RawFallback.proxy() : RawFallback.protocol());
            acceptRole = null; // the first bytes decide
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

    /** What says where it listens, for messages. */
    Value place() {
        return listen.place().orElse(object);
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

    boolean wantsTls() {
        return tls.isWanted();
    }

    /** TLS of what it serves, or {@code null}. */
    @Nullable
    TlsConfig tls() {
        return tls.config();
    }

    /** What else is to be told to the vhost. */
    List<VhostOption> options() {
        return List.copyOf(options);
    }

    /** Where its requests are logged, or {@code null}. */
    @Nullable
    Path accessLog() {
        return accessLog;
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
