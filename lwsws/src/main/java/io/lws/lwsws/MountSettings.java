package io.lws.lwsws;

import io.lws.http.Headers;
import io.lws.http.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one object in {@code mounts} says. */
final class MountSettings {
    private static final KeyTable<MountSettings> KEYS = KeyTable.<MountSettings>builder()
            .key("mountpoint", (mount, value) -> mount.mountpoint = value)
            .key("origin", (mount, value) -> mount.origin = value)
            .key("default", (mount, value) -> mount.index = value)
            .key("cache-max-age", (mount, value) -> mount.cache.maxAgeSeconds(value.integer(0, Integer.MAX_VALUE)))
            .key("cache-reuse", (mount, value) -> mount.cache.reuse(value.flag()))
            .key("cache-revalidate", (mount, value) -> mount.cache.revalidate(value.flag()))
            .key("cache-no", (mount, value) -> mount.cache.no(value.flag()))
            .key("cache-intermediaries", (mount, value) -> mount.cache.intermediaries(value.flag()))
            .key("exact-match", (mount, value) -> mount.exact = value.flag())
            .key("extra-mimetypes", (mount, value) -> mount.mimeTypes.addAll(value.namedEntries()))
            .key("headers", (mount, value) -> mount.headers = HeaderSettings.read(value))
            .withoutEffect("lws reads it and does nothing with it; origin names the protocol", "protocol")
            .withoutEffect("a request is kept alive by its vhost's keepalive_timeout", "keepalive-timeout")
            .alias("keeplive-timeout", "keepalive-timeout")
            .withoutEffect("it belongs to a proxied mount", "append-path")
            .withoutEffect("it belongs to a cgi:// mount", "cgi-timeout", "cgi-env", "cgi-chroot", "cgi-chdir")
            .refused("passwords are not built yet; without one anybody could get in", "basic-auth", "auth-mask")
            .refused("interceptors are not built yet; without one anybody could get in", "interceptor-path")
            .refused("CGI is not built yet; the scripts would be sent as they are", "interpret")
            .refused("options of a mount are not built yet; ws-protocols has those of a protocol", "pmo")
            .refused("a mount cannot yet refuse WebSockets", "no-ws-upgrades")
            .build();

    private final Value object;
    private final CachePolicy cache = new CachePolicy();
    private final List<Value> mimeTypes = new ArrayList<>();
    private @Nullable Value mountpoint;
    private @Nullable Value origin;
    private @Nullable Value index;
    private Headers headers = Headers.EMPTY;
    private boolean exact;

    private MountSettings(Value object) {
        this.object = object;
    }

    /** A mount and where the configuration says what is mounted. */
    record Placed(Mount mount, Value origin) {}

    /** The mount, or {@code null} after its problems have been reported. Relative paths start at {@code base}. */
    static @Nullable Placed read(Value object, Path base) {
        MountSettings settings = new MountSettings(object);
        KEYS.read(object, settings);
        return settings.placed(base);
    }

    private @Nullable Placed placed(Path base) {
        String where = mountpoint == null ? missing("mountpoint") : mountpoint.nonEmptyText();
        String what = origin == null ? missing("origin") : origin.nonEmptyText();
        if (origin == null || mountpoint == null || what == null || where == null) {
            return null;
        }
        Mount mount = attempt(mountpoint, Mount.redirect(where, "/"), Origin.of(origin, what, base)::mountAt, where);
        return mount == null ? null : new Placed(mount, origin);
    }

    private @Nullable String missing(String key) {
        object.problem("has no " + key);
        return null;
    }
}
