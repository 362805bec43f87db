package io.lws.lwsws;

import io.lws.http.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The schemes an {@code origin} may have. */
enum Origin {
    FILES("file://"),
    CALLBACK("callback://"),
    REDIRECT(">http://"),
    REDIRECT_TLS(">https://"),
    /** As lws' documentation writes redirects. */
    REDIRECT_AS_DOCUMENTED("^http://"),
    REDIRECT_TLS_AS_DOCUMENTED("^https://"),
    PROXY("http://"),
    PROXY_TLS("https://"),
    CGI("cgi://"),
    ZIP("gzip://");

    private final String scheme;

    Origin(String scheme) {
        this.scheme = scheme;
    }

    /** The mount, or {@code null} after its problems have been reported. Relative paths start at {@code base}. */
    static @Nullable Mount mount(Value mountpoint, Value origin, Path base) {
        String where = mountpoint.nonEmptyText();
        String what = origin.nonEmptyText();
        boolean placeable = where != null && isPlace(mountpoint, where);
        if (what == null || where == null || !placeable) {
            return null;
        }
        for (Origin each : values()) {
            if (what.startsWith(each.scheme)) {
                return each.mount(where, what, origin, base);
            }
        }
        origin.problem(
                "\"" + what + "\" must begin with file://, callback://, http://, https://, cgi://, gzip://, >http:// or"
                        + " >https://");
        return null;
    }

    private static boolean isPlace(Value mountpoint, String where) {
        return mountpoint.tried(() -> Mount.redirect(where, "/")).isPresent();
    }

    private static @Nullable Mount redirect(String where, String what, Value origin) {
        return origin.tried(() -> Mount.redirect(where, what.substring(1))).orElse(null);
    }

    /** A program, or a directory of programs. */
    private static boolean isThere(Value origin, Path program) {
        if (Files.isDirectory(program)) {
            return true;
        }
        boolean isThere = Paths.isFile(origin, program);
        if (isThere && !Files.isExecutable(program)) {
            origin.problem("file " + program + " cannot be executed");
        }
        return isThere && Files.isExecutable(program);
    }

    private @Nullable Mount mount(String where, String what, Value origin, Path base) {
        String rest = what.substring(scheme.length());
        if (rest.isEmpty()) {
            origin.problem("names nothing behind " + scheme);
            return null;
        }
        switch (this) {
            case FILES:
                Path directory = Paths.directory(origin, rest, base);
                return directory == null ? null : Mount.files(where, directory);
            case CALLBACK:
                return origin.tried(() -> Mount.callback(where, rest)).orElse(null);
            case REDIRECT, REDIRECT_TLS:
                return redirect(where, what, origin);
            case REDIRECT_AS_DOCUMENTED, REDIRECT_TLS_AS_DOCUMENTED:
                origin.note("is read as >" + what.substring(1) + ", which is how a redirect is spelt");
                return redirect(where, what, origin);
            case CGI:
                Path program = Paths.path(origin, rest, base);
                return program != null && isThere(origin, program) ? Mount.cgi(where, program) : null;
            case ZIP:
                Path archive = Paths.path(origin, rest, base);
                return archive != null && Paths.isFile(origin, archive) ? Mount.zip(where, archive) : null;
            case PROXY, PROXY_TLS:
                // lws writes a unix socket as a host that begins with +
                String to = rest.startsWith("+/") ? "unix:" + rest.substring(1) : what;
                return origin.tried(() -> Mount.proxy(where, to)).orElse(null);
        }
        throw new AssertionError(this);
    }
}
