package io.lws.http;

import io.lws.MountPoint;
import io.lws.Protocol;
import io.lws.Vhost;
import io.lws.http.files.FileProtocol;
import io.lws.http.proxy.ProxyProtocol;
import io.lws.tls.PlainText;
import io.lws.tls.VhostTls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vhost serves over HTTP, ready to be asked: each mount with the protocol that answers for it. A vhost without
 * mounts gives everything to its default HTTP protocol, as in lws. One per loop and vhost; for HTTP roles.
 */
public final class HttpSite {
    /** Where a request goes. */
    public record Route(Vhost vhost, Mount mount, HttpProtocol<?> protocol) {}

    private final Vhost vhost;
    private final HttpLimits limits;
    private final MountTable table;
    private final boolean redirectsToHttps;
    private final byte[] secureLines;
    private final Map<Mount, Route> routes = new HashMap<>();

    /** {@link IllegalArgumentException} naming the mount that leads nowhere. */
    public HttpSite(Vhost vhost) {
        this.vhost = vhost;
        limits = vhost.option(HttpLimits.class, HttpLimits.DEFAULT);
        List<Mount> mounts = mounts(vhost);
        for (Mount mount : mounts) {
            routes.put(mount, new Route(vhost, mount, protocol(mount)));
        }
        if (mounts.isEmpty()) {
            addDefault(mounts);
        }
        table = new MountTable(mounts);
        VhostTls tls = vhost.tls();
        redirectsToHttps = tls != null && tls.config().plainText() == PlainText.REDIRECT;
        String strict = tls == null ? null : tls.config().strictTransport();
        secureLines = strict == null
                ? new byte[0]
                : ("Strict-Transport-Security: " + strict + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private void addDefault(List<Mount> mounts) {
        HttpProtocol<?> protocol = vhost.defaultProtocol(HttpProtocol.class);
        if (protocol != null) {
            Mount everything = Mount.callback("/", "default");
            mounts.add(everything);
            routes.put(everything, new Route(vhost, everything, protocol));
        }
    }

    /** Those mounts of a vhost that are HTTP's. */
    public static List<Mount> mounts(Vhost vhost) {
        List<Mount> mounts = new ArrayList<>();
        for (MountPoint each : vhost.mounts()) {
            if (each instanceof Mount mount) {
                mounts.add(mount);
            }
        }
        return mounts;
    }

    public Vhost vhost() {
        return vhost;
    }

    /** Whether a request in plain text is answered by sending the client to https. */
    public boolean redirectsToHttps() {
        return redirectsToHttps;
    }

    /** Header lines, CRLF included, of every answer over TLS (RFC 6797 section 7.1). */
    public byte[] secureLines() {
        return secureLines;
    }

    public HttpLimits limits() {
        return limits;
    }

    /** The route of a normalised path, or {@code null}: 404. */
    public @Nullable Route route(String path) {
        Mount mount = table.find(path);
        return mount == null ? null : routes.get(mount);
    }

    private static boolean isOwn(Mount.Kind kind) {
        return kind == Mount.Kind.FILES || kind == Mount.Kind.PROXY;
    }

    /** Closes the protocols that were made here; those of the vhost are the vhost's. */
    public void close() {
        for (Route route : routes.values()) {
            if (isOwn(route.mount().kind())) {
                route.protocol().close();
            }
        }
    }

    private HttpProtocol<?> protocol(Mount mount) {
        return switch (mount.kind()) {
            case FILES -> new FileProtocol(mount);
            case REDIRECT -> RedirectProtocol.INSTANCE;
            case PROXY -> new ProxyProtocol(vhost, mount);
            case CALLBACK -> callback(mount);
        };
    }

    private HttpProtocol<?> callback(Mount mount) {
        Protocol<?> named = vhost.protocol(mount.target());
        if (named instanceof HttpProtocol<?> http) {
            return http;
        }
        if (named != null) {
            return NotHttpProtocol.INSTANCE;
        }
        throw new IllegalArgumentException(
                "vhost " + vhost + ", mount " + mount.mountpoint() + ": no protocol is called " + mount.target());
    }
}
