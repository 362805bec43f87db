package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Limits;
import io.lws.http.H2Limits;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.h2.H2Rig.Script;
import io.lws.http.hpack.HeaderField;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2ServerTest {
    private static final String OK = ":status: 200, content-type: text/plain, content-length: ";

    @Test
    void greetsAndAcknowledges() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = new H2Peer(rig.open().peer(), rig::settle);
            assertEquals(List.of("SETTINGS", "WINDOW_UPDATE 0 983041"), peer.frames());
            assertEquals(List.of("SETTINGS ACK"), peer.preface().frames());
        }
    }

    @Test
    void answersRequests() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            assertEquals(
                    List.of("HEADERS 1 " + OK + "2", "DATA 1 /a END"),
                    peer.get(1, "/a").frames());
            peer.get(3, "/b").get(5, "/c");
            assertEquals(
                    List.of("HEADERS 3 " + OK + "2", "DATA 3 /b END", "HEADERS 5 " + OK + "2", "DATA 5 /c END"),
                    peer.frames());
            assertEquals(
                    List.of(
                            "request GET /a",
                            "closed LOCAL 200",
                            "request GET /b",
                            "closed LOCAL 200",
                            "request GET /c",
                            "closed LOCAL 200"),
                    rig.script.events);
        }
    }

    @Test
    void writesManyAnswersOfATurnAtOnce() {
        try (H2Rig rig = new H2Rig(new Script())) {
            MemoryTransport near = rig.open();
            H2Peer peer = new H2Peer(near.peer(), rig::settle);
            peer.preface().frames();
            int before = near.writes();
            for (int id = 1; id < 100; id += 2) {
                peer.get(id, "/" + id);
            }
            assertEquals(100, peer.frames().size());
            assertEquals(1, near.writes() - before);
        }
    }

    /** What comes together with a 101 is more than some clients have room for. */
    @Test
    void answersBehindThePrefaceOfWhoUpgrades() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.upgraded(
                    new HeaderField(":method", "GET"),
                    new HeaderField(":scheme", "http"),
                    new HeaderField(":authority", "localhost"),
                    new HeaderField(":path", "/a"));
            List<String> atOnce = peer.frames();
            assertTrue(atOnce.get(0).startsWith("SETTINGS"), atOnce::toString);
            assertTrue(atOnce.stream().noneMatch(frame -> frame.contains(" 1 ")), atOnce::toString);
            assertEquals(
                    List.of("SETTINGS ACK", "HEADERS 1 " + OK + "2", "DATA 1 /a END"),
                    peer.preface().frames());
        }
    }

    @Test
    void answersHeadWithoutContent() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            assertEquals(
                    List.of("HEADERS 1 " + OK + "2 END"),
                    peer.request(1, "HEAD", "/a", H2Peer.END).frames());
        }
    }

    @Test
    void handsOnContentWithPaddingAndTrailers() {
        try (H2Rig rig = new H2Rig(Script.echo())) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS).data(1, "ab", 0);
            peer.frame(H2Frame.DATA, H2Frame.PADDED, 1, new byte[] {2, 'c', 0, 0});
            peer.headers(1, H2Peer.END, "x-trailer", "1");
            assertEquals(List.of("HEADERS 1 " + OK + "3", "DATA 1 abc END"), peer.frames());
            assertEquals(List.of("request POST /", "complete 3", "closed LOCAL 200"), rig.script.events);
        }
    }

    @Test
    void sendsTrailersBehindWhatWaits() {
        Script script = new Script();
        script.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        script.onWriteable = (http, tx) -> {
            tx.write(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
            tx.finish(Headers.of("X-Sum", "1"));
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 2).get(1, "/");
            assertEquals(List.of("SETTINGS ACK", "HEADERS 1 :status: 200", "DATA 1 ab"), peer.frames());
            assertEquals(
                    List.of("DATA 1 c", "HEADERS 1 x-sum: 1 END"),
                    peer.windowUpdate(1, 5).frames());
        }
    }

    @Test
    void asksForContentTheClientHoldsBack() {
        try (H2Rig rig = new H2Rig(Script.echo())) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS, "expect", "100-continue");
            assertEquals(List.of("HEADERS 1 :status: 100"), peer.frames());
            assertEquals(
                    List.of("HEADERS 1 " + OK + "1", "DATA 1 x END"),
                    peer.data(1, "x", H2Frame.END_STREAM).frames());
        }
    }

    @Test
    void showsTheRequestAsAnyVersionDoes() {
        List<String> seen = new ArrayList<>();
        Script script = new Script();
        script.onRequest = http -> {
            var request = http.request();
            seen.add(request.version() + " " + request.authority() + " " + request.path() + " "
                    + request.target().query() + " " + request.contentLength() + " " + request.header("Cookie") + " "
                    + request.headerCount() + " " + request.headerName(0));
            http.respond(204, Headers.EMPTY, new byte[0]);
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/a%20b?q=1", "cookie", "a=1", "cookie", "b=2");
            assertEquals(List.of("HEADERS 1 :status: 204 END"), peer.frames());
            assertEquals(List.of("HTTP/2 localhost /a b q=1 0 a=1; b=2 2 cookie"), seen);
        }
    }

    // ---- flow control

    @Test
    void sendsAsFarAsTheWindowsReach() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "0123456789");
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 4).get(1, "/");
            assertEquals(List.of("SETTINGS ACK", "HEADERS 1 " + OK + "10", "DATA 1 0123"), peer.frames());
            assertEquals(List.of("DATA 1 45"), peer.windowUpdate(1, 2).frames());
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 5);
            assertEquals(List.of("SETTINGS ACK", "DATA 1 6"), peer.frames());
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 1);
            assertEquals(List.of("SETTINGS ACK"), peer.windowUpdate(1, 3).frames());
            assertEquals(List.of("DATA 1 789 END"), peer.windowUpdate(1, 100).frames());
        }
    }

    @Test
    void sharesTheConnectionsWindow() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "x".repeat(65530));
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/").get(3, "/").frames();
            assertEquals(List.of(), peer.windowUpdate(3, 65530).frames());
            List<String> after = peer.windowUpdate(0, 65530).frames();
            assertEquals("DATA 3 (16373) END", after.get(after.size() - 1));
        }
    }

    @Test
    void sharesTheTurnsBetweenStreams() {
        Script script = new Script();
        script.onRequest = http -> {
            http.start(200, Headers.EMPTY, -1);
            http.requestWriteable();
        };
        script.onWriteable = (http, tx) -> {
            while (tx.isReady() && http.pss().sent < 200_000) {
                tx.write(ByteBuffer.allocate(10_000));
                http.pss().sent += 10_000;
            }
            if (http.pss().sent >= 200_000) {
                tx.finish();
            } else {
                http.requestWriteable();
            }
        };
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 1 << 20).windowUpdate(0, 1 << 24);
            peer.get(1, "/").get(3, "/");
            List<String> ids = peer.frames().stream()
                    .filter(line -> line.startsWith("DATA"))
                    .map(line -> line.split(" ")[1])
                    .toList();
            assertEquals(42, ids.size());
            assertTrue(ids.indexOf("3") < 5, "the second begins early: " + ids);
            assertTrue(ids.lastIndexOf("1") > 36, "the first ends late: " + ids);
        }
    }

    @ParameterizedTest
    @CsvSource({"'u=5', 'u=1', 3", "'u=1', 'u=5', 1", "'u=0', 'u=3, i', 1"})
    void servesTheMoreUrgentFirst(String first, String second, int expectedId) {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "x".repeat(30_000));
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 0);
            peer.get(1, "/", "priority", first).get(3, "/", "priority", second).frames();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 60_000);
            List<String> data = peer.frames().stream()
                    .filter(line -> line.startsWith("DATA"))
                    .toList();
            assertEquals("DATA " + expectedId + " (16384)", data.get(0));
            assertEquals("DATA " + expectedId + " (13616) END", data.get(1));
        }
    }

    @Test
    void holdsContentBackWhilePaused() {
        Script script = Script.echo();
        script.onRequest = http -> http.pauseRx();
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS).data(1, "ab", 0).data(1, "c", H2Frame.END_STREAM);
            assertEquals(List.of(), peer.frames());
            assertEquals(List.of("request POST /"), script.events);
            rig.net().loop().execute(() -> script.last().resumeRx());
            assertEquals(List.of("HEADERS 1 " + OK + "3", "DATA 1 abc END"), peer.frames());
        }
    }

    @Test
    void givesCreditForHalfAWindowAtOnceAndOnlyForWhatWasTaken() {
        Script script = Script.echo();
        script.onRequest = http -> {};
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS);
            peer.data(1, "x".repeat(16_000), 0).data(1, "x".repeat(16_000), 0);
            assertEquals(List.of(), peer.frames());
            assertEquals(
                    List.of("WINDOW_UPDATE 1 33000"),
                    peer.data(1, "x".repeat(1000), 0).frames());
            rig.net().loop().execute(() -> script.last().pauseRx());
            rig.settle();
            peer.data(1, "x".repeat(16_000), 0).data(1, "x".repeat(16_000), 0).data(1, "x".repeat(16_000), 0);
            assertEquals(List.of(), peer.frames());
            rig.net().loop().execute(() -> script.last().resumeRx());
            assertEquals(1, peer.frames().size());
            peer.rst(1, H2Error.CANCEL);
        }
    }

    // ---- ends

    @Test
    void tellsTheProtocolOfAReset() {
        Script script = new Script();
        script.onRequest = http -> {};
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/").rst(1, H2Error.CANCEL).frames();
            assertEquals(List.of("request GET /", "complete 0", "closed PEER 8"), script.events);
            assertFalse(script.last().isOpen());
        }
    }

    /** There are clients that lose an answer when a reset comes together with it, or wait for ever for credit. */
    @Test
    void takesInWhatIsTooLongForAWhile() {
        HttpLimits limits = HttpLimits.builder().bodyBytes(4).build();
        try (H2Rig rig = new H2Rig(Script.echo(), Limits.DEFAULT, List.of(), vhost -> vhost.option(limits))) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS, "content-length", "100000");
            for (int left = 65_535; left > 0; left -= 13_107) {
                peer.data(1, "x".repeat(13_107), 0);
            }
            List<String> frames = peer.frames();
            assertTrue(frames.get(0).startsWith("HEADERS 1 :status: 413"), frames.toString());
            assertTrue(frames.get(1).endsWith(" END"), frames.toString());
            assertEquals("WINDOW_UPDATE 1 39321", frames.get(2));
            assertEquals(3, frames.size(), frames.toString());
            rig.advance(Duration.ofSeconds(3));
            assertEquals(List.of("RST_STREAM 1 0"), peer.frames());
        }
    }

    @Test
    void letsUnreadContentEndAndThenStopsIt() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/a", H2Frame.END_HEADERS);
            peer.request(3, "POST", "/b", H2Frame.END_HEADERS).frames();
            assertEquals(List.of(), peer.data(1, "x", H2Frame.END_STREAM).frames());
            rig.advance(Duration.ofSeconds(3));
            assertEquals(List.of("RST_STREAM 3 0"), peer.frames());
        }
    }

    @Test
    void answersPings() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            peer.frame(H2Frame.PING, 0, 0, new byte[] {0, 0, 0, 0, 0, 0, 0, 7});
            assertEquals(List.of("PING ACK 7"), peer.frames());
        }
    }

    @Test
    void drainsInTwoSteps() {
        Script script = new Script();
        script.onRequest = http -> {};
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/long").frames();
            rig.context.close();
            assertEquals(List.of("GOAWAY 2147483647 0", "PING"), peer.frames());
            peer.get(3, "/on-its-way").frames();
            assertEquals(2, script.transactions.size());
            peer.frame(H2Frame.PING, H2Frame.ACK, 0, new byte[] {0, 0, 0, 0, 0, 0x6c, 0x77, 0x73});
            assertEquals(List.of("GOAWAY 3 0"), peer.frames());
            peer.request(5, "POST", "/late", H2Frame.END_HEADERS).data(5, "x", 0);
            assertEquals(List.of(), peer.headers(5, H2Peer.END, "trailer", "t").frames());
            assertEquals(
                    List.of(),
                    peer.request(7, "POST", "/later", 4).rst(7, H2Error.CANCEL).frames());
            rig.net().loop().execute(() -> {
                script.transactions.get(0).respond(200, "text/plain", "1");
                script.transactions.get(1).respond(200, "text/plain", "3");
            });
            List<String> frames = peer.frames();
            assertEquals("DATA 3 3 END", frames.get(frames.size() - 1));
            assertTrue(peer.end.sawFin());
        }
    }

    /** What its client has sent before it heard of the refusal. */
    @Test
    void ignoresWhatBelongsToAStreamItHasRefused() {
        Script script = new Script();
        script.onRequest = http -> {};
        H2Limits one = H2Limits.builder().streams(1).resets(2).build();
        try (H2Rig rig = new H2Rig(script, Limits.DEFAULT, List.of(), vhost -> vhost.option(one))) {
            H2Peer peer = rig.connect();
            peer.get(1, "/").request(3, "POST", "/", H2Frame.END_HEADERS);
            assertEquals(List.of("RST_STREAM 3 " + H2Error.REFUSED_STREAM), peer.frames());
            for (int i = 0; i < 10; i++) {
                peer.data(3, "x", 0);
            }
            assertEquals(List.of(), peer.headers(3, H2Peer.END, "trailer", "t").frames());
            script.last().abort();
            assertTrue(peer.frames().get(0).startsWith("RST_STREAM 1 "));
        }
    }

    @Test
    void leavesAnIdleConnectionAfterTheKeepAliveTimeout() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            peer.get(1, "/").frames();
            rig.advance(Duration.ofSeconds(14));
            assertEquals(List.of(), peer.frames());
            rig.advance(Duration.ofSeconds(16));
            assertEquals(List.of("GOAWAY 1 0"), peer.frames());
            assertTrue(peer.end.sawFin());
        }
    }

    @Test
    void keepsALongPollOpen() {
        Script script = new Script();
        script.onRequest = http -> {};
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/poll").frames();
            for (int i = 0; i < 10; i++) {
                rig.advance(Duration.ofMinutes(1));
            }
            rig.net().loop().execute(() -> script.last().respond(200, "text/plain", "at last"));
            assertEquals(List.of("HEADERS 1 " + OK + "7", "DATA 1 at last END"), peer.frames());
        }
    }

    @Test
    void refusesContentLongerThanAllowed() {
        HttpLimits limits = HttpLimits.builder().bodyBytes(4).build();
        try (H2Rig rig = new H2Rig(Script.echo(), Limits.DEFAULT, List.of(), vhost -> vhost.option(limits))) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS, "content-length", "5");
            assertTrue(peer.frames().get(0).startsWith("HEADERS 1 :status: 413"));
            peer.request(3, "POST", "/", H2Frame.END_HEADERS).data(3, "abc", 0);
            assertEquals(List.of(), peer.frames());
            assertTrue(peer.data(3, "de", 0).frames().get(0).startsWith("HEADERS 3 :status: 413"));
        }
    }

    // ---- what a peer may not do

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":method=GET :scheme=http :path=/ x=a~b",
                ":method=GET :scheme=http :path=/ X=a",
                ":method=GET :scheme=http :path=/ connection=close",
                ":method=GET :scheme=http :path=/ transfer-encoding=chunked",
                ":method=GET :scheme=http :path=/ upgrade=h2c",
                ":method=GET :scheme=http :path=/ keep-alive=1",
                ":method=GET :scheme=http :path=/ te=gzip",
                ":method=GET :scheme=http :path=/ content-length=1",
                ":method=GET :scheme=http :path=/ content-length=-1",
                ":method=GET :scheme=http :path=/ content-length=0 content-length=0",
                ":method=GET :scheme=http :path=/ :authority=a",
                ":method=GET :scheme=http :path=/ host=a host=b",
                ":method=GET :method=GET :scheme=http :path=/",
                ":method=GET :scheme=http :path=",
                ":method=GET :scheme=http :path=a",
                ":method=GET :scheme=http",
                ":method=GET :path=/",
                ":scheme=http :path=/",
                ":method=GET :scheme=http :path=/ :status=200",
                ":method=GET :scheme=http :path=/ :authority=a,b",
                ":method=GET :scheme=http :path=/ :authority=a host=b",
                ":method=G(T :scheme=http :path=/",
                ":method=CONNECT :scheme=http :path=/ :authority=a:1",
                ":method=GET :protocol=websocket :scheme=http :path=/"
            })
    void resetsAMalformedRequest(String fields) {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            String[] all = fields.replace(' ', '=').replace('~', '\r').split("=", -1);
            assertEquals(
                    List.of("RST_STREAM 1 1"),
                    peer.headers(1, H2Peer.END, order(fields, all)).frames());
            assertEquals(2, peer.get(3, "/still-there").frames().size());
        }
    }

    /** The rows name a pseudo-header field last where it must not stand. */
    private static String[] order(String row, String[] fields) {
        return row.contains("/ :authority=a ") || !row.endsWith(":authority=a") ? fields : behindAnother(fields);
    }

    private static String[] behindAnother(String[] fields) {
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = all[fields.length - 2];
        all[fields.length + 1] = all[fields.length - 1];
        all[fields.length - 2] = "x";
        all[fields.length - 1] = "y";
        return all;
    }

    @Test
    void endsTheConnectionForWhatCannotBeUndone() {
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.get(2, "/"));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.get(5, "/").get(3, "/"));
        assertGoAway(H2Error.STREAM_CLOSED, peer -> peer.get(1, "/").get(1, "/"));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.data(1, "x", 0));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.rst(1, 8));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.windowUpdate(1, 8));
        assertGoAway(H2Error.FLOW_CONTROL_ERROR, peer -> peer.windowUpdate(0, Integer.MAX_VALUE));
        assertGoAway(H2Error.FLOW_CONTROL_ERROR, peer -> peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, -1));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.settings(PeerSettings.ENABLE_PUSH, 2));
        assertGoAway(H2Error.PROTOCOL_ERROR, peer -> peer.settings(PeerSettings.MAX_FRAME_SIZE, 100));
        assertGoAway(H2Error.COMPRESSION_ERROR, peer -> peer.frame(H2Frame.HEADERS, H2Peer.END, 1, (byte) 0x80));
        assertGoAway(H2Error.FRAME_SIZE_ERROR, peer -> peer.frame(H2Frame.DATA, 0, 1, new byte[16385]));
    }

    private static void assertGoAway(int code, Consumer<H2Peer> what) {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            what.accept(peer);
            List<String> frames = peer.frames();
            String last = frames.get(frames.size() - 1);
            assertTrue(last.startsWith("GOAWAY ") && last.endsWith(" " + code), code + " expected: " + frames);
            assertTrue(peer.end.sawFin());
        }
    }

    @Test
    void refusesAPrefaceThatIsNone() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = new H2Peer(rig.open().peer(), rig::settle);
            peer.end.send("GET / HTTP/1.1\r\n\r\n");
            assertEquals(List.of("SETTINGS", "WINDOW_UPDATE 0 983041", "GOAWAY 0 1"), peer.frames());
        }
    }

    @Test
    void readsByteByByte() {
        try (H2Rig rig = new H2Rig(Script.echo())) {
            MemoryTransport near = rig.open().deliverPerRead(1);
            H2Peer peer = new H2Peer(near.peer(), rig::settle);
            peer.preface().request(1, "POST", "/", H2Frame.END_HEADERS).data(1, "some content", H2Frame.END_STREAM);
            List<String> frames = peer.frames();
            assertEquals("DATA 1 some content END", frames.get(frames.size() - 1));
        }
    }

    @Test
    void readsABlockInManyFrames() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            byte[] block =
                    peer.block(":method", "GET", ":scheme", "http", ":path", "/in-pieces", ":authority", "localhost");
            peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 1, block[0]);
            for (int i = 1; i < block.length; i++) {
                peer.frame(H2Frame.CONTINUATION, i == block.length - 1 ? H2Frame.END_HEADERS : 0, 1, block[i]);
            }
            assertEquals(List.of("HEADERS 1 " + OK + "10", "DATA 1 /in-pieces END"), peer.frames());
        }
    }

    @Test
    void continuesAHeadThatFitsNoFrame() {
        Script script = new Script();
        Headers.Builder many = Headers.builder();
        for (int i = 0; i < 30; i++) {
            many.add("x-" + i, "\u00ff".repeat(1000));
        }
        Headers headers = many.build();
        script.onRequest = http -> http.respond(200, headers, new byte[0]);
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/");
            rig.settle();
            byte[] wire = peer.end.received();
            ByteBuffer in = ByteBuffer.wrap(wire);
            assertEquals(H2Frame.HEADERS, wire[3]);
            assertEquals(H2Frame.END_STREAM, wire[4]);
            int second = H2Frame.HEADER_BYTES + (in.getInt(0) >>> 8);
            assertEquals(16384, in.getInt(0) >>> 8);
            assertEquals(H2Frame.CONTINUATION, wire[second + 3]);
            assertEquals(H2Frame.END_HEADERS, wire[second + 4]);
            assertEquals(wire.length, second + H2Frame.HEADER_BYTES + (in.getInt(second) >>> 8));
            assertTrue(new String(wire, StandardCharsets.ISO_8859_1).contains("\u00ff".repeat(1000)));
        }
    }

    @Test
    void informsAheadOfTheAnswer() {
        H2Rig.Script script = new H2Rig.Script();
        script.onRequest = http -> {
            http.inform(103, Headers.of("Link", "</a>"));
            http.respond(204, Headers.EMPTY, new byte[0]);
        };
        try (H2Rig rig = new H2Rig(script)) {
            List<String> frames = rig.connect().get(1, "/").frames();
            assertEquals("HEADERS 1 :status: 103, link: </a>", frames.get(0));
            assertTrue(frames.get(1).startsWith("HEADERS 1 :status: 204"), frames.toString());
        }
    }
}
