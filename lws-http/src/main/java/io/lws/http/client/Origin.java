package io.lws.http.client;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a connection leads to: those with the same are as good as each other.
 *
 * @param socket a unix socket that is connected to instead of host and port
 */
record Origin(
        String scheme, String host, int port, @Nullable Path socket) {
    static Origin of(HttpTarget target, @Nullable Path socket) {
        return new Origin(target.scheme(), target.host(), target.port(), socket);
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    @Override
    public String toString() {
        return socket == null ? scheme + "://" + host + ":" + port : "unix:" + socket;
    }
}
