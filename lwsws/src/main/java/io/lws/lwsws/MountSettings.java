package io.lws.lwsws;

import io.lws.http.CgiOptions;
import io.lws.http.Headers;
import io.lws.http.Mount;
import io.lws.http.auth.Authenticator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one object in {@code mounts} says. */
final class MountSettings {
    private static final int MAX_CGI_SECONDS = 86_400;
    private static final String REALM = "lwsws";

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
            .key("extra-mimetypes", MountSettings::mimeTypes)
            .key("headers", (mount, value) -> mount.headers = HeaderSettings.read(value))
            .withoutEffect("lws reads it and does nothing with it; origin names the protocol", "protocol")
            .key("keepalive-timeout", (mount, value) -> mount.keepAliveSeconds = value.integer(0, 86_400))
            .alias("keeplive-timeout", "keepalive-timeout")
            .key("append-path", (mount, value) -> mount.append = value)
            .key("basic-auth", (mount, value) -> mount.passwords = value)
            .key("auth-mask", MountSettings::authMask)
            .key("interceptor-path", (mount, value) -> mount.interceptor = value)
            .key("interpret", (mount, value) -> mount.interpretations.addAll(value.namedEntries()))
            .key("pmo", (mount, value) -> mount.options = value)
            .key("no-ws-upgrades", (mount, value) -> mount.upgrades = !value.flag())
            .key("cgi-timeout", (mount, value) -> mount.cgi = mount.cgi.timeout(seconds(value)))
            .key("cgi-env", MountSettings::cgiEnvironment)
            .key("cgi-chdir", MountSettings::cgiDirectory)
            .refused("a JVM cannot change the root; without it scripts would see all of the system", "cgi-chroot")
            .build();

    private final Value object;
    private final CachePolicy cache = new CachePolicy();
    private final List<Value> mimeTypes = new ArrayList<>();
    private @Nullable Value mountpoint;
    private @Nullable Value origin;
    private @Nullable Value index;
    private final List<Value> interpretations = new ArrayList<>();
    private final Path base;
    private @Nullable Value passwords;
    private @Nullable Value interceptor;
    private @Nullable Value append;
    private @Nullable Value options;
    private CgiOptions cgi = CgiOptions.DEFAULT;
    private Headers headers = Headers.EMPTY;
    /** 0 is as the vhost has it, as in lws. */
    private long keepAliveSeconds;

    private boolean exact;
    private boolean upgrades = true;
    private boolean closed;

    private MountSettings(Value object, Path base) {
        this.object = object;
        this.base = base;
    }

    static Map<String, String> keys() {
        return KEYS.remarks();
    }

    private static Duration seconds(Value value) {
        return Duration.ofSeconds(value.integer(1, MAX_CGI_SECONDS));
    }

    /** Rights that a session must have: there are no such sessions, so that nobody has them. */
    private void authMask(Value value) {
        closed = value.integer(0, Integer.MAX_VALUE) != 0;
        if (closed) {
            value.note("is answered with 401 for everybody: no session has such rights here");
        }
    }

    private void mimeTypes(Value types) {
        for (Value each : types.namedEntries()) {
            if (each.name().equals("*")) {
                each.note("has no effect here: files of every kind are served");
            } else {
                mimeTypes.add(each);
            }
        }
    }

    private void cgiEnvironment(Value list) {
        for (Value each : list.namedEntries()) {
            String text = each.text();
            if (text != null) {
                each.tried(() -> cgi = cgi.environment(each.name(), text));
            }
        }
    }

    private void cgiDirectory(Value value) {
        Path directory = Paths.directory(value, base);
        if (directory != null) {
            cgi = cgi.directory(directory);
        }
    }

    /** A mount, and where the configuration names what it needs. */
    record Placed(Mount mount, Value origin, List<Value> interpretations) {
        Placed {
            interpretations = List.copyOf(interpretations);
        }

        void requireProtocolsAmong(Set<String> names) {
            if (mount.kind() == Mount.Kind.CALLBACK) {
                require(names, mount.target(), origin);
            }
            interpretations.forEach(each -> require(names, String.valueOf(each.text()), each));
        }

        private static void require(Set<String> names, String name, Value at) {
            if (!names.contains(name)) {
                at.problem("protocol " + name + " is not among the vhost's ws-protocols"
                        + (names.isEmpty() ? "" : ", which are " + String.join(" ", names)));
            }
        }
    }

    /** The mount, or {@code null} after its problems have been reported. Relative paths start at {@code base}. */
    static @Nullable Placed read(Value object, Path base) {
        MountSettings settings = new MountSettings(object, base);
        KEYS.read(object, settings);
        return settings.placed();
    }

    private @Nullable Placed placed() {
        if (mountpoint == null || origin == null) {
            object.problem("has no " + (mountpoint == null ? "mountpoint" : "origin"));
            return null;
        }
        Mount mount = Origin.mount(mountpoint, origin, base);
        return mount == null ? null : new Placed(guarded(served(refined(led(mount)))), origin, interpretations);
    }

    /** As in lws a redirect leads to its origin itself unless it is told otherwise. */
    private Mount led(Mount mount) {
        boolean redirects = mount.kind() == Mount.Kind.REDIRECT;
        if (append != null && !redirects) {
            append.note("has no effect here: it is for redirects");
        }
        boolean whole = append != null && append.flag();
        return redirects && !whole ? mount.withoutRest() : mount;
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
        mount = keepAliveSeconds > 0 ? mount.keepAlive(Duration.ofSeconds(keepAliveSeconds)) : mount;
        return exact ? mount.exactMatch() : mount;
    }

    /** How what is mounted is run. */
    private Mount served(Mount bare) {
        Mount mount = upgrades ? bare : bare.withoutUpgrades();
        if (mount.kind() == Mount.Kind.CGI) {
            mount = mount.cgi(cgi);
        } else if (cgi != CgiOptions.DEFAULT) {
            object.note("cgi- keys have no effect here: it is no cgi:// mount");
        }
        for (Value each : interpretations) {
            String protocol = each.text();
            Mount before = mount;
            mount = protocol == null
                    ? mount
                    : each.tried(() -> before.interpret(each.name(), protocol)).orElse(before);
        }
        return options == null ? mount : mount.options(ProtocolSettings.tree(options));
    }

    /** Who may pass. */
    private Mount guarded(Mount open) {
        Mount mount = closed ? open.authenticated(request -> new Authenticator.Verdict.Denied(Headers.EMPTY)) : open;
        if (passwords != null) {
            Value value = passwords;
            Path file = Paths.path(value, base);
            Mount before = mount;
            mount = file != null && Paths.isFile(value, file)
                    ? value.tried(() -> before.basicAuth(REALM, file)).orElse(before)
                    : mount;
        }
        if (interceptor != null) {
            Value value = interceptor;
            String path = value.nonEmptyText();
            Mount before = mount;
            mount = path == null
                    ? mount
                    : value.tried(() -> before.interceptedBy(path)).orElse(before);
        }
        return mount;
    }
}
