package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Mount;
import io.lws.http.auth.DigestAuth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digest authentication, with a client's half written here. */
class DigestAuthTest {
    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    private final Probe probe = new Probe();

    private HttpRig rig() {
        probe.onRequest = http -> http.respond(200, "text/plain", "hello " + http.user());
        return new HttpRig(vhost -> vhost.protocol("probe", (owner, options) -> probe)
                .mount(Mount.callback("/", "probe")
                        .authenticated(
                                DigestAuth.of("realm", Map.of("mufasa", "Circle of Life", "J\u00e4s", "\u65e5")))));
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String nonce(HttpRig rig) {
        // two challenges: this reader of answers keeps the last, so ask the wire
        String wire = rig.exchange("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertTrue(wire.startsWith("HTTP/1.1 401 "), wire);
        assertTrue(wire.contains("algorithm=SHA-256") && wire.contains("algorithm=MD5"), wire);
        Matcher found = NONCE.matcher(wire);
        assertTrue(found.find());
        return found.group(1);
    }

    private static String proof(String algorithm, String password, String uri, String nonce, String count) {
        String secret = hash(algorithm, "mufasa:realm:" + password);
        String response = hash(
                algorithm, String.join(":", secret, nonce, count, "0a4f113b", "auth", hash(algorithm, "GET:" + uri)));
        return "Authorization: Digest username=\"mufasa\", realm=\"realm\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", algorithm=" + algorithm + ", qop=auth, nc=" + count + ", cnonce=\"0a4f113b\", response=\""
                + response + "\"";
    }

    /** As if it had been made at another time: its fourth character, always another than it was. */
    private static String forged(String nonce) {
        char other = nonce.charAt(3) == 'A' ? 'B' : 'A';
        return nonce.substring(0, 3) + other + nonce.substring(4);
    }

    private static String get(HttpRig rig, String path, String field) {
        return rig.exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "MD5"})
    void letsInWhoProvesThePasswordOnceForEachCount(String algorithm) {
        try (HttpRig rig = rig()) {
            String nonce = nonce(rig);
            String first = proof(algorithm, "Circle of Life", "/dir/index.html?q=1", nonce, "00000001");
            assertTrue(get(rig, "/dir/index.html?q=1", first).endsWith("hello mufasa"));
            String replayed = get(rig, "/dir/index.html?q=1", first);
            assertTrue(replayed.startsWith("HTTP/1.1 401 ") && replayed.contains("stale=true"), replayed);
            String second = proof(algorithm, "Circle of Life", "/", nonce, "00000002");
            assertTrue(get(rig, "/", second).endsWith("hello mufasa"));
        }
    }

    /** RFC 7616 3.4.4. The octets of the name come as one char each. */
    @Test
    void knowsNamesInUtf8() {
        try (HttpRig rig = rig()) {
            String nonce = nonce(rig);
            String secret = hash("MD5", "J\u00e4s:realm:\u65e5");
            String response =
                    hash("MD5", String.join(":", secret, nonce, "00000001", "0a4f113b", "auth", hash("MD5", "GET:/")));
            String field = proof("MD5", "", "/", nonce, "00000001")
                    .replace("mufasa", "J\u00c3\u00a4s")
                    .replaceAll("response=\"[^\"]*\"", "response=\"" + response + "\"");
            assertTrue(get(rig, "/", field).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void letsInNobodyElse() {
        try (HttpRig rig = rig()) {
            String nonce = nonce(rig);
            String right = proof("SHA-256", "Circle of Life", "/", nonce, "00000001");
            List<String> wrong = List.of(
                    proof("SHA-256", "circle of life", "/", nonce, "00000001"),
                    proof("SHA-256", "Circle of Life", "/other", nonce, "00000001"),
                    proof("SHA-256", "Circle of Life", "/", "AAAA", "00000001"),
                    proof("SHA-256", "Circle of Life", "/", forged(nonce), "00000001"),
                    proof("SHA-256", "Circle of Life", "/", nonce, "1"),
                    proof("SHA-256", "Circle of Life", "/", nonce, "00000000"),
                    proof("SHA-1", "Circle of Life", "/", nonce, "00000001"),
                    right.replace("mufasa", "scar"),
                    right.replace("qop=auth", "qop=auth-int"),
                    right.replace("realm=\"realm\"", "realm=\"other\""),
                    right.replace("nc=", "nonce=\"x\", nc="),
                    right.replace("nc=00000001, ", ""),
                    right.replace("response=\"", "response=\"0"),
                    "Authorization: Digest",
                    "Authorization: Digest username=\"mufasa",
                    "Authorization: Digest =,=,=",
                    "Authorization: Basic bXVmYXNhOkNpcmNsZSBvZiBMaWZl");
            for (String field : wrong) {
                String answer = get(rig, "/", field);
                assertTrue(answer.startsWith("HTTP/1.1 401 "), field);
                assertFalse(answer.contains("stale=true"), field);
            }
            assertEquals(0, probe.transactions.size());
            assertTrue(get(rig, "/", right).endsWith("hello mufasa"));
        }
    }
}
