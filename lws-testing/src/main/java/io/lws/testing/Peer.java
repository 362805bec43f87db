package io.lws.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real program that integration tests talk to. {@code ./lws test} finds or installs them and names those at hand in the
 * environment; a test begins with {@code Peer.CURL.require()}, and is then skipped where the peer is missing, but fails
 * where {@code CI=true}: what CI skips, nobody runs.
 */
public enum Peer {
    /** Chromium with its driver, both on the path. */
    CHROMIUM,
    /** The curl command. */
    CURL,
    /** GTK 4, a library of C. */
    LIBGTK_4_1,
    /** The lsof command. */
    LSOF,
    /** libwebsockets' own test server and test client. */
    LIBWEBSOCKETS_TEST_SERVER,
    /** The SOCKS 5 server of that name. */
    MICROSOCKS,
    /** The mosquitto broker with mosquitto_pub and mosquitto_sub. */
    MOSQUITTO,
    /** The nginx server. */
    NGINX,
    /** The commands nghttp and h2load. */
    NGHTTP2_CLIENT,
    /** The server nghttpd. */
    NGHTTP2_SERVER,
    /** The npm package ws for node; start node with {@link #nodePath()} as its NODE_PATH. */
    NODE_WS,
    /** OpenSSH's server, which brings its client. */
    OPENSSH_SERVER,
    /** The openssl command. */
    OPENSSL,
    /** The ACME server Pebble, with pebble-challtestsrv beside it. */
    PEBBLE,
    /** The websockets package for Python; run it with {@link #python()}. */
    PYTHON3_WEBSOCKETS,
    /** The strace command. */
    STRACE,
    /** The scanner testssl.sh, which Debian calls testssl. */
    TESTSSL,
    /** The HTTP proxy of that name. */
    TINYPROXY,
    /** The X server without a screen, Xvfb. */
    XVFB;

    /** The name that {@code ./lws test} uses: {@code node-ws} for {@link #NODE_WS}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Lets the calling test go on only where this peer is at hand. */
    public void require() {
        Map<String, String> env = System.getenv();
        if (isNamedIn(env)) {
            return;
        }
        String why = label() + " is not at hand; ./lws test installs it or says how to";
        if ("true".equals(env.get("CI"))) {
            fail(why);
        }
        abort(why);
    }

    boolean isNamedIn(Map<String, String> env) {
        return List.of(env.getOrDefault("LWS_TEST_PEERS", "").trim().split(" +"))
                .contains(label());
    }

    /** The directory that holds the npm package ws. */
    public static Path nodePath() {
        return Path.of(System.getenv().getOrDefault("LWS_TEST_NODE_PATH", ""));
    }

    /** The Python that has the websockets package. */
    public static String python() {
        return System.getenv().getOrDefault("LWS_TEST_PYTHON", "python3");
    }
}
