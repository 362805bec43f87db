package io.lws.http.client;

import io.lws.http.HttpDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cookie as it is kept (RFC 6265 5.3).
 *
 * @param domain in lower case, without a dot in front
 * @param scope which hosts get it
 * @param expiresEpochSecond 0 for one that ends with the session
 */
record Cookie(
        String domain,
        Scope scope,
        String path,
        Channel channel,
        Access access,
        long expiresEpochSecond,
        String name,
        String value) {
    private static final int MAX_BYTES = 4096;

    /** Which hosts get it. */
    enum Scope {
        HOST_ONLY,
        SUBDOMAINS_TOO
    }

    /** Over what it is sent. */
    enum Channel {
        ANY,
        SECURE_ONLY
    }

    /** Who may see it; of no matter here, but kept for files that others read. */
    enum Access {
        ALL,
        HTTP_ONLY
    }

    /** The attributes of a Set-Cookie line, as far as they were read. */
    private static final class Draft {
        String domain = "";
        String path = "";
        Channel channel = Channel.ANY;
        Access access = Access.ALL;
        long expires;

        @Nullable
        Long maxAge;

        void take(String attribute, long nowEpochSecond) {
            int equals = attribute.indexOf('=');
            String name = (equals < 0 ? attribute : attribute.substring(0, equals)).strip();
            String value = equals < 0 ? "" : attribute.substring(equals + 1).strip();
            switch (name.toLowerCase(Locale.ROOT)) {
                case "domain" -> domain = value.toLowerCase(Locale.ROOT);
                case "path" -> path = value;
                case "secure" -> channel = Channel.SECURE_ONLY;
                case "httponly" -> access = Access.HTTP_ONLY;
                case "max-age" -> maxAge = seconds(value);
                case "expires" -> expires = date(value, nowEpochSecond);
                default -> {}
            }
        }

        private static @Nullable Long seconds(String value) {
            boolean number = !value.isEmpty() && value.matches("-?[0-9]{1,15}");
            return number ? Long.valueOf(value) : null;
        }

        /** Old servers put dashes into dates. */
        private static long date(String value, long nowEpochSecond) {
            long parsed = HttpDate.parse(value, nowEpochSecond);
            if (parsed == HttpDate.INVALID) {
                int comma = value.indexOf(',');
                parsed = HttpDate.parse(
                        value.substring(0, comma + 1)
                                + value.substring(comma + 1).replace('-', ' '),
                        nowEpochSecond);
            }
            return parsed == HttpDate.INVALID ? 0 : Math.max(1, parsed);
        }

        long expiry(long nowEpochSecond) {
            Long age = maxAge;
            return age == null ? expires : age <= 0 ? 1 : nowEpochSecond + age;
        }
    }

    /** What a Set-Cookie line from {@code from} asks to keep; null for what must not be kept. */
    static @Nullable Cookie parse(String line, HttpTarget from, long nowEpochSecond) {
        String[] parts = line.split(";", -1);
        int equals = parts[0].indexOf('=');
        String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
        if (name.isEmpty() || line.length() > MAX_BYTES) {
            return null;
        }
        Draft draft = new Draft();
        for (int i = 1; i < parts.length; i++) {
            draft.take(parts[i], nowEpochSecond);
        }
        String domain = draft.domain.startsWith(".") ? draft.domain.substring(1) : draft.domain;
        boolean subdomains = !domain.isEmpty() && !domain.equals(from.host());
        if (subdomains && !mayBeSetFor(domain, from.host())) {
            return null;
        }
        Cookie cookie = new Cookie(
                domain.isEmpty() ? from.host() : domain,
                domain.isEmpty() || isAddress(from.host()) ? Scope.HOST_ONLY : Scope.SUBDOMAINS_TOO,
                draft.path.startsWith("/") ? draft.path : defaultPath(from.path()),
                draft.channel,
                draft.access,
                draft.expiry(nowEpochSecond),
                name,
                parts[0].substring(equals + 1).strip());
        boolean leaks = draft.channel == Channel.SECURE_ONLY && !from.isSecure();
        return leaks || !keepsPromise(cookie, draft.domain) ? null : cookie;
    }

    /** Names that promise how they were set (RFC 6265bis 4.1.3). */
    private static boolean keepsPromise(Cookie cookie, String domainAttribute) {
        String lower = cookie.name.toLowerCase(Locale.ROOT);
        boolean secure = cookie.channel == Channel.SECURE_ONLY;
        if (lower.startsWith("__host-")) {
            return secure && domainAttribute.isEmpty() && cookie.path.equals("/");
        }
        return !lower.startsWith("__secure-") || secure;
    }

    /** A host may speak for the domain it is in, but for no top level one. */
    private static boolean mayBeSetFor(String domain, String host) {
        return domain.indexOf('.') > 0 && host.endsWith("." + domain) && !isAddress(host);
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static String defaultPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    boolean isExpired(long nowEpochSecond) {
        return expiresEpochSecond != 0 && expiresEpochSecond <= nowEpochSecond;
    }

    boolean isFor(HttpTarget target) {
        String host = target.host();
        boolean hostFits = scope == Scope.SUBDOMAINS_TOO ? isWithin(host, domain) : host.equals(domain);
        return hostFits && pathFits(target.path()) && (channel == Channel.ANY || target.isSecure());
    }

    private boolean pathFits(String asked) {
        return asked.startsWith(path)
                && (asked.length() == path.length() || path.endsWith("/") || asked.charAt(path.length()) == '/');
    }

    /** What was set over TLS, {@code newer} from plain text must neither replace nor come before (RFC 6265bis 5.7). */
    boolean isShieldedFrom(Cookie newer) {
        return channel == Channel.SECURE_ONLY
                && name.equals(newer.name)
                && (isWithin(domain, newer.domain) || isWithin(newer.domain, domain))
                && pathFits(newer.path);
    }

    private static boolean isWithin(String host, String domain) {
        int dot = host.length() - domain.length() - 1;
        boolean below = dot >= 0 && host.charAt(dot) == '.' && host.endsWith(domain) && !isAddress(host);
        return below || host.equals(domain);
    }

    boolean isSame(Cookie other) {
        return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }
}
