package io.lws.lwsws;

import io.lws.http.Headers;
import io.lws.http.Mount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    record Placed(Mount mount, Value origin) {
        void requireProtocolAmong(Set<String> names) {
            if (mount.kind() == Mount.Kind.CALLBACK && !names.contains(mount.target())) {
                origin.problem("protocol " + mount.target() + " is not among the vhost's ws-protocols"
                        + (names.isEmpty() ? "" : ", which are " + String.join(" ", names)));
            }
        }
    }

    /** The mount, or {@code null} after its problems have been reported. Relative paths start at {@code base}. */
    static @Nullable Placed read(Value object, Path base) {
        MountSettings settings = new MountSettings(object);
        KEYS.read(object, settings);
        return settings.placed(base);
    }

    private @Nullable Placed placed(Path base) {
        if (mountpoint == null || origin == null) {
            object.problem("has no " + (mountpoint == null ? "mountpoint" : "origin"));
            return null;
        }
        Mount mount = Origin.mount(mountpoint, origin, base);
        return mount == null ? null : new Placed(refined(mount), origin);
    }

    private Mount refined(Mount bare) {
        Mount mount = bare.headers(headers);
        String file = index == null ? null : index.text();
        if (index != null && file != null) {
            Mount before = mount;
            mount = index.tried(() -> before.index(file)).orElse(before);
        }
        for (Value each : mimeTypes) {
            String type = each.text();
            Mount before = mount;
            mount = type == null
                    ? mount
                    : each.tried(() -> before.mimeType(each.name(), type)).orElse(before);
        }
        mount = cache.isGiven() ? mount.cacheControl(cache.cacheControl()) : mount;
        return exact ? mount.exactMatch() : mount;
    }
}
