package io.lws.http.proxy;

import io.lws.http.Mount;
import io.lws.http.RequestTarget;
import io.lws.http.UriPath;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxy mount leads, and how paths and locations are translated between there and here.
 *
 * @param base path in front of what follows the mountpoint, without a slash at its end
 * @param socket a unix socket to be connected to, or null
 */
record ProxyOrigin(
        String schemeAndAuthority, String base, @Nullable Path socket, String mountpoint) {
    private static final String UNIX = "unix:";

    /** From the target of a mount: a URL, or {@code unix:/path/of/socket}, with {@code :/base} behind where wanted. */
    static ProxyOrigin of(Mount mount) {
        String origin = mount.target();
        String mountpoint = mount.mountpoint().equals("/") ? "" : mount.mountpoint();
        if (origin.startsWith(UNIX)) {
            String rest = origin.substring(UNIX.length());
            int colon = rest.indexOf(":/");
            String base = colon < 0 ? "" : rest.substring(colon + 1);
            Path socket = Path.of(colon < 0 ? rest : rest.substring(0, colon));
            return new ProxyOrigin("http://localhost", withoutSlash(base), socket, mountpoint);
        }
        URI uri = URI.create(origin);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String site = uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority();
        return new ProxyOrigin(site, withoutSlash(path), null, mountpoint);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Path and query to ask the origin for. */
    String pathAndQuery(RequestTarget target) {
        String path = base + remainder(target);
        return (path.isEmpty() ? "/" : path) + (target.query() == null ? "" : "?" + target.query());
    }

    /** As the client has written it, unless that can be read in two ways: then as this server reads it. */
    private String remainder(RequestTarget target) {
        String raw = target.raw();
        int mark = raw.indexOf('?');
        String path = mark < 0 ? raw : raw.substring(0, mark);
        boolean plain = target.form() == RequestTarget.Form.ORIGIN
                && path.startsWith(mountpoint)
                && !path.contains("//")
                && !path.contains("/.")
                && !path.toLowerCase(Locale.ROOT).contains("%2");
        return plain
                ? path.substring(mountpoint.length())
                : withoutParametersOfDots(UriPath.encode(target.path().substring(mountpoint.length())));
    }

    /** There are origins to which {@code ..;} is a dot segment with a parameter, and leads out of what is mounted. */
    private static String withoutParametersOfDots(String encoded) {
        return encoded.replace("/.;", "/.%3B").replace("/..;", "/..%3B");
    }

    /** What a Location of the origin's is called here; one that leads elsewhere stays as it is. */
    String location(String there) {
        String path = there;
        if (path.regionMatches(true, 0, schemeAndAuthority, 0, schemeAndAuthority.length())) {
            String rest = path.substring(schemeAndAuthority.length());
            if (!rest.isEmpty() && rest.charAt(0) != '/' && rest.charAt(0) != '?') {
                return there;
            }
            path = rest.startsWith("/") ? rest : "/" + rest;
        }
        boolean local = path.startsWith("/") && !path.startsWith("//") && path.startsWith(base);
        String rest = local ? path.substring(base.length()) : "";
        while (rest.startsWith("//")) {
            rest = rest.substring(1); // with nothing in front of it, that would be another host
        }
        boolean below = local && (rest.isEmpty() || rest.charAt(0) == '/' || rest.charAt(0) == '?');
        return below ? mountpoint + (rest.isEmpty() || rest.charAt(0) == '?' ? "/" + rest : rest) : there;
    }
}
