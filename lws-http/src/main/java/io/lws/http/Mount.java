package io.lws.http;

import io.lws.MountPoint;
import io.lws.ProtocolOptions;
import io.lws.http.auth.Authenticator;
import io.lws.http.auth.BasicAuth;
import io.lws.http.coding.Compression;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is served at a place in a vhost's URL space: files, a protocol, or a redirect. A value; each method returns a
 * changed copy. The mount with the longest mountpoint that fits on a segment border serves a request ({@code /dyn}
 * serves
 * {@code /dyn} and {@code /dyn/x}, never {@code /dynamo}).
 */
public final class Mount implements MountPoint {
    /** What is mounted. */
    public enum Kind {
        /** Regular files under {@link Mount#origin()}. */
        FILES,
        /** The entries of the zip file {@link Mount#origin()}. */
        ZIP,
        /** What the program {@link Mount#origin()} prints, by the rules of CGI (RFC 3875). */
        CGI,
        /** The protocol named {@link Mount#target()}. */
        CALLBACK,
        /** Answers 301 to {@link Mount#target()} plus what followed the mountpoint. */
        REDIRECT,
        /** Asks the origin {@link Mount#target()} and passes its answer on. */
        PROXY
    }

    private static final String REVALIDATE_EACH_TIME = "no-cache";

    private final Kind kind;
    private final String mountpoint;
    private final @Nullable Path origin;
    private final String target;
    private final String index;
    private final MimeTypes mimeTypes;
    private final String cacheControl;
    private final Headers headers;
    private final boolean exact;
    /** What only some mounts have, by its kind. */
    private final Map<Class<?>, Object> extras;

    private Mount(Draft draft) {
        kind = draft.kind;
        mountpoint = draft.mountpoint;
        origin = draft.origin;
        target = draft.target;
        index = draft.index;
        mimeTypes = draft.mimeTypes;
        cacheControl = draft.cacheControl;
        headers = draft.headers;
        exact = draft.exact;
        extras = Map.copyOf(draft.extras);
    }

    /** Files under a directory. Relative paths are resolved against the working directory when the vhost is built. */
    public static Mount files(String mountpoint, Path origin) {
        Draft draft = new Draft(Kind.FILES, mountpoint);
        draft.origin = origin;
        return new Mount(draft);
    }

    /** The files in a zip archive, kept open; another file of that name is seen after a second. */
    public static Mount zip(String mountpoint, Path archive) {
        Draft draft = new Draft(Kind.ZIP, mountpoint);
        draft.origin = archive;
        return new Mount(draft);
    }

    /** Requests start a program: the file itself, or the file below a directory that the path names. */
    public static Mount cgi(String mountpoint, Path program) {
        Draft draft = new Draft(Kind.CGI, mountpoint);
        draft.origin = program;
        return new Mount(draft);
    }

    /** Requests go to the HTTP protocol of that name on the same vhost. */
    public static Mount callback(String mountpoint, String protocolName) {
        if (protocolName.isEmpty()) {
            throw new IllegalArgumentException("a callback mount needs the name of a protocol");
        }
        Draft draft = new Draft(Kind.CALLBACK, mountpoint);
        draft.target = protocolName;
        return new Mount(draft);
    }

    /** Requests are sent elsewhere: {@code location} is a path such as {@code "/new"} or an absolute URL. */
    public static Mount redirect(String mountpoint, String location) {
        boolean path = location.startsWith("/") && !location.startsWith("//");
        if (!path && !location.startsWith("http://") && !location.startsWith("https://")) {
            throw new IllegalArgumentException("redirect needs an absolute path or an http(s) URL, not " + location);
        }
        if (!path) {
            requireSite(location);
        }
        Draft draft = new Draft(Kind.REDIRECT, mountpoint);
        draft.target = Tokens.requireFieldValue(location, "location");
        return new Mount(draft);
    }

    /**
     * Requests are passed on to an origin, {@code http://host:port/base}, {@code https://...}, or {@code
     * unix:/path/of/socket:/base}; what follows the mountpoint is put behind the base. WebSockets pass through. Limits,
     * timeouts and TLS of the connections to it are options of the vhost: {@link io.lws.http.client.HttpClientLimits},
     * {@link io.lws.http.client.HttpTimeouts}, {@link io.lws.tls.TlsClientConfig}. Where the vhost has no
     * timeouts of its own, a passage may take as long as it moves.
     */
    public static Mount proxy(String mountpoint, String origin) {
        boolean url = origin.startsWith("http://") || origin.startsWith("https://");
        if (!url && !origin.startsWith("unix:/") || origin.indexOf('?') >= 0 || origin.indexOf('#') >= 0) {
            throw new IllegalArgumentException("an origin is an http(s) URL or unix:/socket, not " + origin);
        }
        if (url) {
            requireSite(origin);
            requireUri(origin);
        }
        Draft draft = new Draft(Kind.PROXY, mountpoint);
        draft.target = Tokens.requireFieldValue(origin, "origin");
        return new Mount(draft);
    }

    /** Host and port of an http(s) URL must be there and possible. */
    private static void requireSite(String url) {
        int from = url.indexOf("//") + 2;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        String authority = url.substring(from, to);
        String site = authority.substring(authority.lastIndexOf('@') + 1);
        if (Authority.host(site).isEmpty() || !Authority.isValid(site)) {
            throw new IllegalArgumentException("bad host or port: " + url);
        }
    }

    private static void requireUri(String url) {
        try {
            var unused = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The file served for a directory; {@code index.html} unless changed, empty for none. */
    public Mount index(String fileName) {
        if (fileName.indexOf('/') >= 0 || fileName.indexOf('\\') >= 0 || fileName.startsWith("..")) {
            throw new IllegalArgumentException("index is a file name, not a path: " + fileName);
        }
        Draft draft = draft();
        draft.index = fileName;
        return new Mount(draft);
    }

    /** One media type more, see {@link MimeTypes#with}. */
    public Mount mimeType(String extension, String type) {
        Draft draft = draft();
        draft.mimeTypes = mimeTypes.with(extension, type);
        return new Mount(draft);
    }

    /**
     * Lets clients and shared caches keep files that long without asking. By default they ask each time (and get a
     * 304).
     */
    public Mount cacheMaxAge(Duration maxAge) {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("cacheMaxAge must not be negative, is " + maxAge);
        }
        return cacheControl("max-age=" + maxAge.toSeconds());
    }

    /** What clients and shared caches may do with an answer. */
    public Mount cache(CachePolicy policy) {
        return cacheControl(policy.cacheControl());
    }

    /** The whole value of Cache-Control, where an age does not say enough. */
    public Mount cacheControl(String value) {
        Draft draft = draft();
        draft.cacheControl = Tokens.requireFieldValue(value, "cache-control");
        return new Mount(draft);
    }

    /** Sent with each answer of this mount, whoever gives it. */
    public Mount headers(Headers more) {
        if (more.hasFramingFields()) {
            throw new IllegalArgumentException("headers of mount " + mountpoint + " frame a message");
        }
        Draft draft = draft();
        draft.headers = more;
        return new Mount(draft);
    }

    /** Options for whoever serves this mount (lws: pmo), to be read by {@code http.mount().options()}. */
    public Mount options(ProtocolOptions options) {
        return with(ProtocolOptions.class, options);
    }

    /** Only those may pass who can say one of the {@code user:password} lines of a file; see {@link BasicAuth}. */
    public Mount basicAuth(String realm, Path file) {
        return authenticated(BasicAuth.file(realm, file));
    }

    /** Only those may pass whom {@code by} knows, upgrades included. */
    public Mount authenticated(Authenticator by) {
        return with(Authenticator.class, by);
    }

    /**
     * Before each request the protocol at another mountpoint, an {@link HttpInterceptor}, says whether it may pass; else
     * it answers in place of this one.
     */
    public Mount interceptedBy(String otherMountpoint) {
        return with(Interceptor.class, new Interceptor(UriPath.requireMountpoint(otherMountpoint)));
    }

    /** Files whose name ends so are not sent but given to a protocol of the vhost, such as {@code ".lua"}. */
    public Mount interpret(String suffix, String protocolName) {
        if (!suffix.startsWith(".") || suffix.length() < 2 || protocolName.isEmpty()) {
            throw new IllegalArgumentException("interpret wants a suffix such as .lua and a protocol, not " + suffix);
        }
        Map<String, String> more = new HashMap<>(interpretations());
        more.put(suffix.toLowerCase(Locale.ROOT), protocolName);
        return with(Interpretations.class, new Interpretations(Map.copyOf(more)));
    }

    /** Sends {@code name.br} or {@code name.gz} in place of {@code name} where it is there and the client takes it. */
    public Mount precompressed() {
        return with(Precompressed.class, Precompressed.YES);
    }

    /** Compresses what is worth it on the way out; beware of answers that mix secrets with what a stranger chose. */
    public Mount compressed(Compression compression) {
        return with(Compression.class, compression);
    }

    /** By brotli where a module brings it, gzip or deflate, whichever the client prefers. */
    public Mount compressed() {
        return compressed(Compression.standard());
    }

    /** A redirect leads to its location itself, whatever follows the mountpoint; the query is kept. */
    public Mount withoutRest() {
        if (kind != Kind.REDIRECT) {
            throw new IllegalStateException(mountpoint + " is no redirect");
        }
        return with(Rest.class, Rest.DROPPED);
    }

    /** Requests for an upgrade are served as if they had not asked for it. */
    public Mount withoutUpgrades() {
        return with(Upgrades.class, Upgrades.NO);
    }

    /** How long the content of a request may be, in place of {@link HttpLimits#bodyBytes}. */
    public Mount bodyBytes(long bytes) {
        if (bytes < HttpLimits.UNLIMITED) {
            throw new IllegalArgumentException("bodyBytes must be at least -1, is " + bytes);
        }
        return with(BodyBytes.class, new BodyBytes(bytes));
    }

    /**
     * How long an HTTP/1 connection waits for the next request behind one that was served here, in place of {@link
     * HttpLimits#keepAliveTimeout}.
     */
    public Mount keepAlive(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("keepAlive must be positive, is " + timeout);
        }
        return with(KeepAlive.class, new KeepAlive(timeout));
    }

    /** How programs of a CGI mount are run. */
    public Mount cgi(CgiOptions options) {
        return with(CgiOptions.class, options);
    }

    private <T> Mount with(Class<T> kindOfExtra, T value) {
        Draft draft = draft();
        draft.extras.put(kindOfExtra, value);
        return new Mount(draft);
    }

    private <T> @Nullable T extra(Class<T> kindOfExtra) {
        return kindOfExtra.cast(extras.get(kindOfExtra));
    }

    private record Interceptor(String mountpoint) {}

    private record Interpretations(Map<String, String> bySuffix) {}

    private record BodyBytes(long value) {}

    private record KeepAlive(Duration value) {}

    private enum Precompressed {
        YES
    }

    private enum Upgrades {
        NO
    }

    /** What becomes of the path behind the mountpoint in a redirect. */
    private enum Rest {
        DROPPED
    }

    /** Serves only the mountpoint itself, nothing below it. */
    public Mount exactMatch() {
        Draft draft = draft();
        draft.exact = true;
        return new Mount(draft);
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String mountpoint() {
        return mountpoint;
    }

    /** Root of a file mount, archive or program; {@link IllegalStateException} for others. */
    public Path origin() {
        if (origin == null) {
            throw new IllegalStateException(kind + " mount at " + mountpoint + " has no origin");
        }
        return origin;
    }

    /** Name of the protocol, where to redirect to, or the origin; empty for files. */
    public String target() {
        return target;
    }

    public String index() {
        return index;
    }

    public MimeTypes mimeTypes() {
        return mimeTypes;
    }

    public String cacheControl() {
        return cacheControl;
    }

    public Headers headers() {
        return headers;
    }

    public boolean isExactMatch() {
        return exact;
    }

    /** Empty unless some were given. */
    public ProtocolOptions options() {
        ProtocolOptions options = extra(ProtocolOptions.class);
        return options == null ? ProtocolOptions.NONE : options;
    }

    public @Nullable Authenticator authenticator() {
        return extra(Authenticator.class);
    }

    /** Where the mount sits whose protocol may stop requests, or null. */
    public @Nullable String interceptor() {
        Interceptor interceptor = extra(Interceptor.class);
        return interceptor == null ? null : interceptor.mountpoint;
    }

    /** Names of protocols by suffix, in lower case. */
    public Map<String, String> interpretations() {
        Interpretations all = extra(Interpretations.class);
        return all == null ? Map.of() : all.bySuffix;
    }

    public boolean isPrecompressed() {
        return extras.containsKey(Precompressed.class);
    }

    public @Nullable Compression compression() {
        return extra(Compression.class);
    }

    public boolean takesUpgrades() {
        return !extras.containsKey(Upgrades.class);
    }

    /** The limit of this mount, or {@code fallback}. */
    public long bodyBytesOr(long fallback) {
        BodyBytes own = extra(BodyBytes.class);
        return own == null ? fallback : own.value;
    }

    /** The time of this mount, or {@code fallback}. */
    public Duration keepAliveOr(Duration fallback) {
        KeepAlive own = extra(KeepAlive.class);
        return own == null ? fallback : own.value;
    }

    public CgiOptions cgiOptions() {
        CgiOptions options = extra(CgiOptions.class);
        return options == null ? CgiOptions.DEFAULT : options;
    }

    /** Whether this mount serves that normalised path; other mounts may fit better. Allocates nothing. */
    public boolean serves(String path) {
        if (!path.startsWith(mountpoint)) {
            return false;
        }
        if (path.length() == mountpoint.length()) {
            return true;
        }
        return !exact && (mountpoint.length() == 1 || path.charAt(mountpoint.length()) == '/');
    }

    /** What follows the mountpoint in a path it serves: empty, or beginning with a slash. */
    public String remainder(String path) {
        return mountpoint.length() == 1 ? path : path.substring(mountpoint.length());
    }

    /** Value of Location for a request a redirect mount serves: the query is kept, and the rest of the path as a rule. */
    public String location(RequestTarget request) {
        String base = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
        String rest = remainder(request.path());
        String path = rest.isEmpty() || exact || extras.containsKey(Rest.class) ? target : base + UriPath.encode(rest);
        return request.query() == null ? path : path + (path.indexOf('?') < 0 ? "?" : "&") + request.query();
    }

    @Override
    public String toString() {
        return mountpoint + " -> " + kind + " " + (origin == null ? target : origin);
    }

    private Draft draft() {
        Draft draft = new Draft(kind, mountpoint);
        draft.origin = origin;
        draft.target = target;
        draft.index = index;
        draft.mimeTypes = mimeTypes;
        draft.cacheControl = cacheControl;
        draft.headers = headers;
        draft.exact = exact;
        draft.extras.putAll(extras);
        return draft;
    }

    private static final class Draft {
        final Kind kind;
        final String mountpoint;

        @Nullable
        Path origin;

        String target = "";
        String index = "index.html";
        MimeTypes mimeTypes = MimeTypes.STANDARD;
        String cacheControl = REVALIDATE_EACH_TIME;
        Headers headers = Headers.EMPTY;
        boolean exact;
        final Map<Class<?>, Object> extras = new HashMap<>();

        Draft(Kind kind, String mountpoint) {
            this.kind = kind;
            this.mountpoint = UriPath.requireMountpoint(mountpoint);
        }
    }
}
