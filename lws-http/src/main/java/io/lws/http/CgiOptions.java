package io.lws.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the programs of a CGI mount are run. Immutable.
 *
 * @param timeout from start to end; then the program and all it has started are killed, and the client gets 504 where
 *     nothing was answered yet
 * @param maxProcesses programs running at a time on that mount; a request beyond that gets 503
 * @param headerBytes longest header the program may print; more is 502
 * @param environment variables besides those RFC 3875 names and {@code PATH}; nothing else is inherited
 * @param directory where the program is started, or null for the one it lies in
 */
public record CgiOptions(
        Duration timeout,
        int maxProcesses,
        int headerBytes,
        Map<String, String> environment,
        @Nullable Path directory) {
    public static final CgiOptions DEFAULT = new CgiOptions(Duration.ofSeconds(30), 16, 8192, Map.of(), null);

    public CgiOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, not " + timeout);
        }
        if (maxProcesses < 1 || headerBytes < 32) {
            throw new IllegalArgumentException("maxProcesses " + maxProcesses + ", headerBytes " + headerBytes);
        }
        environment = Map.copyOf(environment);
    }

    public CgiOptions timeout(Duration limit) {
        return new CgiOptions(limit, maxProcesses, headerBytes, environment, directory);
    }

    public CgiOptions maxProcesses(int count) {
        return new CgiOptions(timeout, count, headerBytes, environment, directory);
    }

    public CgiOptions headerBytes(int bytes) {
        return new CgiOptions(timeout, maxProcesses, bytes, environment, directory);
    }

    /** One variable more. */
    public CgiOptions environment(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("not the name of a variable: " + name);
        }
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new CgiOptions(timeout, maxProcesses, headerBytes, more, directory);
    }

    public CgiOptions directory(Path start) {
        return new CgiOptions(timeout, maxProcesses, headerBytes, environment, start);
    }
}
