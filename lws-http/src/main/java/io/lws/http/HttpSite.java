package io.lws.http;

import io.lws.MountPoint;
import io.lws.Protocol;
import io.lws.Vhost;
import io.lws.http.cgi.CgiProtocol;
import io.lws.http.files.FileProtocol;
import io.lws.http.files.ZipProtocol;
import io.lws.http.proxy.ProxyProtocol;
import io.lws.http.site.Gate;
import io.lws.http.site.SiteProtocol;
import io.lws.http.site.SiteServices;
import io.lws.tls.PlainText;
import io.lws.tls.VhostTls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vhost serves over HTTP, ready to be asked: each mount with the protocol that answers for it. A vhost without
 * mounts gives everything to its default HTTP protocol, as in lws. One per loop and vhost; for HTTP roles.
 */
public final class HttpSite {
    /** Where a request goes. */
    public static final class Route {
        private final Vhost vhost;
        private final Mount mount;
        private final HttpProtocol<?> protocol;
        private final Headers headers;
        private final @Nullable Gate gate;
        private final long bodyBytes;

        private Route(
                Vhost vhost,
                Mount mount,
                HttpProtocol<?> protocol,
                Headers headers,
                @Nullable Gate gate,
                long bodyBytes) {
            this.vhost = vhost;
            this.mount = mount;
            this.protocol = protocol;
            this.headers = headers;
            this.gate = gate;
            this.bodyBytes = bodyBytes;
        }

        public Vhost vhost() {
            return vhost;
        }

        public Mount mount() {
            return mount;
        }

        public HttpProtocol<?> protocol() {
            return protocol;
        }

        /** What goes with each answer from there. */
        public Headers headers() {
            return headers;
        }

        /** The longest content of a request. */
        public long bodyBytes() {
            return bodyBytes;
        }

        /** Whether an upgrade may be asked for this request; if not, it is served as any other. */
        public boolean mayUpgrade(HttpRequest request) {
            return mount.takesUpgrades() && (gate == null || gate.lets(request));
        }

        /** The request that {@link #mayUpgrade} was asked of comes to no protocol. */
        public void forgetUpgrade() {
            if (gate != null) {
                gate.forget();
            }
        }

        /** Whether no mount is there, and only the answer to say so. */
        public boolean isNowhere() {
            return mount == NOWHERE;
        }
    }

    private static final Mount NOWHERE = Mount.callback("/", "nowhere");

    private final Vhost vhost;
    private final HttpLimits limits;
    private final MountTable table;
    private final boolean redirectsToHttps;
    private final @Nullable String strictTransport;
    private final byte[] secureLines;
    private final SiteServices services;
    private final Map<Mount, Route> routes = new HashMap<>();
    private final Map<Mount, Map<String, Route>> interpreted = new HashMap<>();
    private final List<HttpProtocol<?>> made = new ArrayList<>();

    /** {@link IllegalArgumentException} naming the mount that leads nowhere. */
    public HttpSite(Vhost vhost) {
        this.vhost = vhost;
        limits = vhost.option(HttpLimits.class, HttpLimits.DEFAULT);
        services = SiteServices.of(vhost);
        List<Mount> mounts = mounts(vhost);
        Map<Mount, HttpProtocol<?>> bare = new HashMap<>();
        mounts.forEach(mount -> bare.put(mount, protocol(mount)));
        if (mounts.isEmpty()) {
            addDefault(mounts, bare);
        }
        MountTable served = new MountTable(mounts);
        for (Mount mount : mounts) {
            routes.put(mount, route(mount, served, bare));
        }
        table = services.isNeeded() && bare.keySet().stream().noneMatch(HttpSite::servesEverything)
                ? withNowhere(mounts)
                : served;
        VhostTls tls = vhost.tls();
        redirectsToHttps = tls != null && tls.config().plainText() == PlainText.REDIRECT;
        strictTransport = tls == null ? null : tls.config().strictTransport();
        secureLines = strictTransport == null
                ? new byte[0]
                : ("Strict-Transport-Security: " + strictTransport + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean servesEverything(Mount mount) {
        return mount.mountpoint().equals("/") && !mount.isExactMatch();
    }

    /** What no mount serves is not found, and logged and so on as all the rest. */
    private MountTable withNowhere(List<Mount> mounts) {
        routes.put(NOWHERE, wrapped(NOWHERE, NotHttpProtocol.INSTANCE, null));
        List<Mount> all = new ArrayList<>(mounts);
        all.add(NOWHERE);
        return new MountTable(all);
    }

    private Route route(Mount mount, MountTable served, Map<Mount, HttpProtocol<?>> bare) {
        Gate.Interception interception = interception(mount, served, bare);
        Map<String, Route> bySuffix = new HashMap<>();
        mount.interpretations()
                .forEach((suffix, name) -> bySuffix.put(suffix, wrapped(mount, named(mount, name), interception)));
        if (!bySuffix.isEmpty()) {
            interpreted.put(mount, bySuffix);
        }
        return wrapped(mount, bare.getOrDefault(mount, NotHttpProtocol.INSTANCE), interception);
    }

    private Route wrapped(Mount mount, HttpProtocol<?> bare, Gate.@Nullable Interception interception) {
        Gate gate = services.gate(mount, interception);
        boolean plain = gate == null && mount.compression() == null && !services.isNeeded();
        HttpProtocol<?> protocol = plain ? bare : new SiteProtocol(bare, mount, services, gate);
        return new Route(vhost, mount, protocol, services.headers(mount), gate, mount.bodyBytesOr(limits.bodyBytes()));
    }

    private Gate.@Nullable Interception interception(Mount mount, MountTable served, Map<Mount, HttpProtocol<?>> bare) {
        String at = mount.interceptor();
        if (at == null) {
            return null;
        }
        Mount other = served.find(at);
        HttpProtocol<?> protocol = other == null ? null : bare.get(other);
        if (protocol instanceof HttpInterceptor interceptor && other != mount) {
            return new Gate.Interception(interceptor, protocol);
        }
        throw new IllegalArgumentException(
                "mount " + mount.mountpoint() + ": what is mounted at " + at + " is no interceptor for it");
    }

    private void addDefault(List<Mount> mounts, Map<Mount, HttpProtocol<?>> bare) {
        HttpProtocol<?> protocol = vhost.defaultProtocol(HttpProtocol.class);
        if (protocol != null) {
            Mount everything = Mount.callback("/", "default");
            mounts.add(everything);
            bare.put(everything, protocol);
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

    /** The value of Strict-Transport-Security in every answer over TLS, or {@code null}. */
    public @Nullable String strictTransport() {
        return strictTransport;
    }

    public HttpLimits limits() {
        return limits;
    }

    /** The route of a normalised path, or {@code null}: 404. */
    public @Nullable Route route(String path) {
        Mount mount = table.find(path);
        if (mount == null) {
            return null;
        }
        return interpreted.isEmpty() ? routes.get(mount) : interpreted(mount, path);
    }

    private @Nullable Route interpreted(Mount mount, String path) {
        Map<String, Route> bySuffix = interpreted.get(mount);
        int dot = bySuffix == null ? -1 : path.lastIndexOf('.');
        Route special = dot < 0 || bySuffix == null
                ? null
                : bySuffix.get(path.substring(dot).toLowerCase(Locale.ROOT));
        return special == null ? routes.get(mount) : special;
    }

    /** Closes the protocols that were made here; those of the vhost are the vhost's. */
    public void close() {
        made.forEach(HttpProtocol::close);
        made.clear();
    }

    private HttpProtocol<?> protocol(Mount mount) {
        return switch (mount.kind()) {
            case FILES -> made(new FileProtocol(mount));
            case ZIP -> made(new ZipProtocol(mount));
            case CGI -> made(new CgiProtocol(mount));
            case REDIRECT -> RedirectProtocol.INSTANCE;
            case PROXY -> made(new ProxyProtocol(vhost, mount));
            case CALLBACK -> named(mount, mount.target());
        };
    }

    private HttpProtocol<?> made(HttpProtocol<?> protocol) {
        made.add(protocol);
        return protocol;
    }

    private HttpProtocol<?> named(Mount mount, String name) {
        Protocol<?> named = vhost.protocol(name);
        if (named instanceof HttpProtocol<?> http) {
            return http;
        }
        if (named != null) {
            return NotHttpProtocol.INSTANCE;
        }
        throw new IllegalArgumentException("mount " + mount.mountpoint() + ": no protocol is called " + name);
    }
}
