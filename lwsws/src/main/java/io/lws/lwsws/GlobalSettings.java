package io.lws.lwsws;

import io.lws.http.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the {@code global} objects of all files say together; of one key the last file's word counts. */
final class GlobalSettings {
    private static final int MAX_THREADS = 256;
    private static final int MAX_TIMEOUT_SECONDS = 86_400;
    private static final int MAX_DRAIN_SECONDS = 30 * 86_400;

    private static final KeyTable<GlobalSettings> KEYS = KeyTable.<GlobalSettings>builder()
            .repeatable("plugin-dir", GlobalSettings::pluginDir)
            .key("count-threads", (global, value) -> global.loops = Math.max(1, value.integer(0, MAX_THREADS)))
            .key("server-string", GlobalSettings::serverString)
            .key("timeout-secs", (global, value) -> global.timeout(value.integer(0, MAX_TIMEOUT_SECONDS)))
            .key(
                    "drain-timeout",
                    (global, value) -> global.drainTimeout = Duration.ofSeconds(value.integer(0, MAX_DRAIN_SECONDS)))
            .key(
                    "shutdown-timeout",
                    (global, value) ->
                            global.shutdownTimeout = Duration.ofSeconds(value.integer(0, MAX_TIMEOUT_SECONDS)))
            .withoutEffect(
                    "a JVM cannot become another user; start lwsws as the one it shall be",
                    "uid",
                    "gid",
                    "username",
                    "groupname")
            .withoutEffect("TLS needs no preparation of the process", "init-ssl")
            .withoutEffect("lws gave it up too; liveness is asked for by each protocol", "ws-pingpong-secs")
            .withoutEffect("nothing here runs on a pool of asynchronous workers", "count-async-threads")
            .key("reject-service-keywords", GlobalSettings::rejectedAgents)
            .key("default-alpn", (global, value) -> global.defaultAlpn = value)
            .key("ip-limit-wsi", GlobalSettings::perAddress)
            .withoutEffect("headers are bounded for each connection, not for each address", "ip-limit-ah")
            .withoutEffect("the JVM asks for as many descriptors as it may have", "rlimit-nofile")
            .withoutEffect("lws' sample has it, and lws reads it of vhosts alone; so it is here", "interface")
            .withoutEffect("captive portals are not looked for", "cpd-bypass")
            .withoutEffect(
                    "there is no QUIC",
                    "quic-pad-crypto",
                    "allow-early-data",
                    "quic-only-latest",
                    "quic-early-key-update")
            .build();

    private final Path base;
    private final List<Path> pluginDirs = new ArrayList<>();
    private final List<String> rejectedAgents = new ArrayList<>();
    private @Nullable Value defaultAlpn;
    private int perAddress;
    private int loops = 1;
    private Duration drainTimeout = Duration.ofHours(1);
    private Duration shutdownTimeout = Duration.ofSeconds(5);
    private @Nullable String serverString;
    private @Nullable Duration timeout;

    /** Relative paths start at {@code base}. */
    GlobalSettings(Path base) {
        this.base = base;
    }

    static Map<String, String> keys() {
        return KEYS.remarks();
    }

    void read(Value global) {
        KEYS.read(global, this);
    }

    /** 0 is what it is without the key, as in lws. */
    private void timeout(int seconds) {
        timeout = seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    private void pluginDir(Value value) {
        for (Value each : value.elements()) {
            Path directory = Paths.directory(each, base);
            if (directory != null) {
                pluginDirs.add(directory);
            }
        }
    }

    private void rejectedAgents(Value list) {
        for (Value each : list.namedEntries()) {
            String answer = each.text();
            if (each.name().isEmpty()) {
                each.problemAtKey("an empty name is in every User-Agent");
                continue;
            }
            rejectedAgents.add(each.name());
            if (answer != null && !answer.startsWith("403")) {
                each.note("is answered with 403");
            }
        }
    }

    private void perAddress(Value value) {
        perAddress = value.integer(0, Integer.MAX_VALUE);
        value.note("bounds the WebSockets from one address");
    }

    private void serverString(Value value) {
        String text = value.nonEmptyText();
        if (text != null && value.tried(() -> Headers.of("Server", text)).isPresent()) {
            serverString = text;
        }
    }

    List<Path> pluginDirs() {
        return List.copyOf(pluginDirs);
    }

    int loops() {
        return loops;
    }

    /** What answers say in {@code server}, or {@code null} for nothing. */
    @Nullable
    String serverString() {
        return serverString;
    }

    /** Pieces of the names of clients that are turned away. */
    List<String> rejectedAgents() {
        return List.copyOf(rejectedAgents);
    }

    /** ALPN of vhosts that say nothing of it, or {@code null}. */
    @Nullable
    Value defaultAlpn() {
        return defaultAlpn;
    }

    /** WebSockets one address may have, 0 for any number. */
    int perAddress() {
        return perAddress;
    }

    /** How long connections of a generation live on after a reload. */
    Duration drainTimeout() {
        return drainTimeout;
    }

    /** How long requests that have been accepted may take to end when the process is asked to. */
    Duration shutdownTimeout() {
        return shutdownTimeout;
    }

    /** The longest any single step of the network may take, or {@code null} for what each role thinks best. */
    @Nullable
    Duration timeout() {
        return timeout;
    }
}
