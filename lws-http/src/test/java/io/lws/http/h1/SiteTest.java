package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Limits;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.VhostOption;
import io.lws.http.AccessLog;
import io.lws.http.ErrorDocuments;
import io.lws.http.Headers;
import io.lws.http.HttpInterceptor;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpTraffic;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.RejectedAgents;
import io.lws.http.RequestIds;
import io.lws.http.SecurityHeaders;
import io.lws.http.auth.BasicAuth;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a vhost and its mounts want done with requests before and behind their protocols. */
class SiteTest {
    @TempDir
    Path temp;

    static String get(String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
    }

    private static String basic(String userAndPassword) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRig rig(Probe probe, Mount mount, VhostOption... options) {
        return new HttpRig(vhost -> {
            vhost.protocol("probe", (owner, all) -> probe).mount(mount);
            for (VhostOption each : options) {
                vhost.option(each);
            }
            return vhost;
        });
    }

    private static Mount probeAt(String mountpoint) {
        return Mount.callback(mountpoint, "probe");
    }

    @Test
    void letsInOnlyWhoKnowsThePassword() throws IOException {
        Path passwords = Files.writeString(temp.resolve("pw"), "# users\nalice:open:sesame\n\nbob:b\n");
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, "text/plain", "hello " + http.user());
        try (HttpRig rig = rig(probe, probeAt("/in").basicAuth("the realm", passwords))) {
            Answer denied = Answer.one(rig.exchange(get("/in")));
            assertEquals(401, denied.status());
            assertEquals("Basic realm=\"the realm\", charset=\"UTF-8\"", denied.field("www-authenticate"));
            for (String wrong : List.of("alice:open", "alice:", "alice", ":", "", "carol:x", "bob:open:sesame")) {
                assertEquals(
                        401, Answer.one(rig.exchange(get("/in", basic(wrong)))).status(), wrong);
            }
            assertEquals(
                    401,
                    Answer.one(rig.exchange(get("/in", "Authorization: Basic !!!")))
                            .status());
            assertEquals(
                    401,
                    Answer.one(rig.exchange(get("/in", "Authorization: Digest x")))
                            .status());
            assertEquals(
                    "hello alice",
                    Answer.one(rig.exchange(get("/in", basic("alice:open:sesame"))))
                            .body());
            assertEquals(
                    "hello bob",
                    Answer.one(rig.exchange(get("/in", basic("bob:b")))).body());
            assertEquals(2, probe.transactions.size());
        }
    }

    @Test
    void refusesToServeAMountWhosePasswordsAreMissing() {
        assertThrows(
                IllegalArgumentException.class, () -> Mount.callback("/", "p").basicAuth("r", temp.resolve("none")));
    }

    /** An upgrade is a request like any other to those who guard a mount. */
    @Test
    void guardsUpgradesToo() {
        Probe probe = Probe.echoingPaths();
        HttpUpgrade upgrade = new HttpUpgrade() {
            @Override
            public String token() {
                return "other";
            }

            @Override
            public boolean isServedBy(Vhost vhost) {
                return true;
            }

            @Override
            public UpgradeAnswer answer(UpgradeRequest request) {
                return new UpgradeAnswer.Refuse(418, Headers.EMPTY, "asked");
            }
        };
        try (HttpRig rig = new HttpRig(
                Limits.DEFAULT,
                List.of(upgrade),
                vhost -> vhost.protocol("probe", (owner, all) -> probe)
                        .mount(probeAt("/free"))
                        .mount(probeAt("/never").withoutUpgrades())
                        .mount(probeAt("/in").authenticated(BasicAuth.of("r", Map.of("a", "b")))))) {
            String[] wish = {"Connection: upgrade", "Upgrade: other"};
            assertEquals(418, Answer.one(rig.exchange(get("/free", wish))).status());
            assertEquals(200, Answer.one(rig.exchange(get("/never", wish))).status());
            assertEquals(401, Answer.one(rig.exchange(get("/in", wish))).status());
            assertEquals(
                    418,
                    Answer.one(rig.exchange(get("/in", wish[0], wish[1], basic("a:b"))))
                            .status());
        }
    }

    /** Lets those through that carry a cookie, and shows the others a page. */
    private static final class Door implements HttpProtocol<Void>, HttpInterceptor {
        @Override
        public boolean maySee(HttpRequest request, Mount mount) {
            return "key=1".equals(request.header("cookie"));
        }

        @Override
        public void onRequest(HttpTransaction<Void> http) {
            http.respond(403, "text/plain", "door of " + http.mount().mountpoint());
        }
    }

    @Test
    void asksAnInterceptorFirst() {
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = new HttpRig(vhost -> vhost.protocol("probe", (owner, all) -> probe)
                .protocol("door", (owner, all) -> new Door())
                .mount(Mount.callback("/door", "door"))
                .mount(probeAt("/in").interceptedBy("/door")))) {
            assertEquals("door of /in", Answer.one(rig.exchange(get("/in/x"))).body());
            assertEquals(
                    "/in/x",
                    Answer.one(rig.exchange(get("/in/x", "Cookie: key=1"))).body());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> rig(probe, probeAt("/in").interceptedBy("/nowhere")).exchange(get("/in")));
    }

    @Test
    void givesFilesOfASuffixToAProtocol() throws IOException {
        Path root = Files.createDirectory(temp.resolve("site"));
        Files.writeString(root.resolve("a.txt"), "text");
        Files.writeString(root.resolve("a.lua"), "source");
        Probe probe = Probe.echoingPaths();
        Mount mount = Mount.files("/", root).interpret(".lua", "probe").options(ProtocolOptions.of("colour", "blue"));
        try (HttpRig rig = rig(probe, mount)) {
            assertEquals("text", Answer.one(rig.exchange(get("/a.txt"))).body());
            assertEquals("/a.lua", Answer.one(rig.exchange(get("/a.lua"))).body());
            assertEquals("/x/b.LUA", Answer.one(rig.exchange(get("/x/b.LUA"))).body());
            assertEquals("blue", mount.options().string("colour"));
        }
    }

    @Test
    void turnsAwayAgents() {
        try (HttpRig rig = rig(Probe.echoingPaths(), probeAt("/in"), RejectedAgents.of("BadBot"))) {
            assertEquals(
                    403,
                    Answer.one(rig.exchange(get("/in", "User-Agent: x badbot/1.0")))
                            .status());
            assertEquals(
                    403,
                    Answer.one(rig.exchange(get("/other", "User-Agent: x badbot/1.0")))
                            .status());
            assertEquals(
                    200,
                    Answer.one(rig.exchange(get("/in", "User-Agent: curl"))).status());
            assertEquals(200, Answer.one(rig.exchange(get("/in"))).status());
            assertEquals(404, Answer.one(rig.exchange(get("/other"))).status());
        }
    }

    @Test
    void sendsSecurityHeadersEverywhereAndAMountsOwnInTheirPlace() {
        Mount own = probeAt("/own").headers(Headers.of("X-Frame-Options", "SAMEORIGIN"));
        try (HttpRig rig = rig(Probe.echoingPaths(), own, SecurityHeaders.BEST_PRACTICE)) {
            Answer answer = Answer.one(rig.exchange(get("/own")));
            assertEquals("SAMEORIGIN", answer.field("x-frame-options"));
            assertEquals("nosniff", answer.field("x-content-type-options"));
            assertTrue(answer.field("content-security-policy").startsWith("default-src 'none'"));
            Answer missing = Answer.one(rig.exchange(get("/none")));
            assertEquals(404, missing.status());
            assertEquals("DENY", missing.field("x-frame-options"));
        }
    }

    @Test
    void answersWithErrorDocumentsOfItsOwn() throws IOException {
        Path page = Files.writeString(temp.resolve("404.html"), "<h1>nothing here</h1>");
        Path root = Files.createDirectory(temp.resolve("site"));
        for (Mount mount : List.of(Mount.files("/", root), probeAt("/other"))) {
            try (HttpRig rig = rig(Probe.echoingPaths(), mount, ErrorDocuments.of(404, page))) {
                Answer answer = Answer.one(rig.exchange(get("/none")));
                assertEquals(404, answer.status());
                assertEquals("<h1>nothing here</h1>", answer.body());
                assertTrue(answer.field("content-type").startsWith("text/html"));
            }
        }
    }

    @Test
    void namesRequests() {
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, "text/plain", String.valueOf(http.requestId()));
        try (HttpRig rig = rig(probe, probeAt("/"), RequestIds.FRESH)) {
            Answer one = Answer.one(rig.exchange(get("/", "X-Request-Id: mine")));
            assertEquals(one.body(), one.field("x-request-id"));
            assertNotEquals("mine", one.body());
            assertNotEquals(one.body(), Answer.one(rig.exchange(get("/"))).body());
        }
        try (HttpRig rig = rig(probe, probeAt("/"), RequestIds.FROM_CLIENT)) {
            assertEquals(
                    "mine.1-x_",
                    Answer.one(rig.exchange(get("/", "X-Request-Id: mine.1-x_")))
                            .field("x-request-id"));
            for (String odd : List.of("a b", "a\"b", "x".repeat(65), "a%0d")) {
                assertNotEquals(
                        odd,
                        Answer.one(rig.exchange(get("/", "X-Request-Id: " + odd)))
                                .body());
            }
        }
    }

    @Test
    void logsEachAnswerInOneLine() throws Exception {
        Path file = temp.resolve("access.log");
        Probe probe = new Probe();
        probe.onRequest = http -> {
            if (http.request().path().equals("/throw")) {
                throw new IllegalStateException("on purpose");
            }
            if (http.request().path().equals("/pieces")) {
                http.start(200, Headers.of("Content-Type", "text/plain"), -1);
                http.requestWriteable();
            } else {
                http.respond(200, "text/plain", "12345");
            }
        };
        probe.onWriteable = SiteTest::twoPieces;
        try (AccessLog log = AccessLog.toFile(file)) {
            try (HttpRig rig = rig(probe, probeAt("/in").authenticated(BasicAuth.of("r", Map.of("a", "b"))), log)) {
                rig.exchange(get("/in", basic("a:b"), "Referer: http://r/\"x", "User-Agent: a\\b\u00e9"));
            }
            try (HttpRig rig = rig(probe, probeAt("/"), log)) {
                rig.exchange(get("/pieces"));
                rig.exchange(get("/throw"));
                rig.exchange("HEAD /x HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            log.flush();
            String time = " \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}\\] ";
            List<String> lines = Files.readAllLines(file);
            List<String> expected = List.of(
                    "\\S+ - a" + time + "\"GET /in HTTP/1.1\" 200 5 \"http://r/\\\\x22x\" \"a\\\\x5cb\\\\xe9\"",
                    "\\S+ - -" + time + "\"GET /pieces HTTP/1.1\" 200 6 \"-\" \"-\"",
                    "\\S+ - -" + time + "\"GET /throw HTTP/1.1\" 500 - \"-\" \"-\"",
                    "\\S+ - -" + time + "\"HEAD /x HTTP/1.1\" 200 - \"-\" \"-\"");
            assertEquals(expected.size(), lines.size(), lines::toString);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                assertTrue(line.matches(expected.get(i)), line);
            }
        }
    }

    private static void twoPieces(HttpTransaction<Probe.Pss> http, HttpTx tx) {
        tx.write(ByteBuffer.wrap(new byte[3]));
        tx.write(ByteBuffer.wrap(new byte[3]));
        tx.finish();
    }

    @Test
    void goesOnInANewFileWhenTheOldIsRenamed() throws Exception {
        Path file = temp.resolve("access.log");
        try (AccessLog log = AccessLog.toFile(file)) {
            log.add("one");
            log.flush();
            Files.move(file, temp.resolve("access.log.1"));
            log.reopen();
            log.add("two");
            log.flush();
            assertEquals(List.of("one"), Files.readAllLines(temp.resolve("access.log.1")));
            assertEquals(List.of("two"), Files.readAllLines(file));
            assertEquals(0, log.dropped());
        }
    }

    /** Without any of it, a route is the mount's protocol itself. */
    @Test
    void standsBeforeNothingUnlessAsked() {
        Probe probe = Probe.echoingPaths();
        try (HttpRig rig = rig(probe, probeAt("/in"))) {
            assertEquals("/in", Answer.one(rig.exchange(get("/in"))).body());
            assertFalse(probe.last().getClass().getName().contains("Site"));
        }
    }

    @Test
    void limitsContentByMount() {
        Probe probe = Probe.echoingContent();
        try (HttpRig rig = rig(probe, probeAt("/small").bodyBytes(3))) {
            String head = "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: ";
            assertEquals("abc", Answer.one(rig.exchange(head + "3\r\n\r\nabc")).body());
            assertEquals(413, Answer.one(rig.exchange(head + "4\r\n\r\nabcd")).status());
        }
    }

    @Test
    void sendsTrailersBehindChunks() {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.of("Trailer", "X-Sum"), -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[] {'a'}));
            tx.finish(Headers.of("X-Sum", "97"));
        };
        try (HttpRig rig = HttpRig.of(probe)) {
            String wire = rig.exchange(get("/"));
            assertTrue(wire.endsWith("\r\n1\r\na\r\n0\r\nX-Sum: 97\r\n\r\n"), wire);
            String old = rig.exchange("GET / HTTP/1.0\r\n\r\n");
            assertTrue(old.endsWith("\r\n\r\na"), old);
        }
    }

    @Test
    void countsAnswersByStatusAndTime() {
        HttpTraffic traffic = new HttpTraffic();
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, "text/plain", "hello");
        try (HttpRig rig = rig(probe, probeAt("/here"), traffic)) {
            assertEquals(200, Answer.one(rig.exchange(get("/here"))).status());
            assertEquals(200, Answer.one(rig.exchange(get("/here"))).status());
            assertEquals(404, Answer.one(rig.exchange(get("/elsewhere"))).status());
        }
        assertEquals(List.of(0L, 2L, 0L, 1L, 0L), traffic.byClass());
        assertTrue(traffic.contentBytes() >= 10);
        assertEquals(3, traffic.byTime().stream().mapToLong(each -> each).sum());
    }

    @Test
    void sortsAnswersByTheTimeTheyTook() {
        HttpTraffic traffic = new HttpTraffic();
        traffic.answered(200, 100_000, 0);
        traffic.answered(200, 101_000, 0);
        traffic.answered(503, 3_600_000_000_000L, 7);
        List<Long> slots = traffic.byTime();
        assertEquals(List.of(1L, 1L, 0L), slots.subList(0, 3));
        assertEquals(1L, slots.get(HttpTraffic.upperBoundsMicros().size()));
        assertEquals(100 + 101 + 3_600_000_000L, traffic.micros());
        assertEquals(7, traffic.contentBytes());
    }
}
