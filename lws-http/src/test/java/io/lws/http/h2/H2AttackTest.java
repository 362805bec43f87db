package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Limits;
import io.lws.http.H2Limits;
import io.lws.http.HttpLimits;
import io.lws.http.h2.H2Rig.Script;
import io.lws.net.Connection;
import io.lws.testing.MemoryTransport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Each attack known by name: where it ends, and that an honest connection beside it does not notice. */
class H2AttackTest {
    private static final H2Limits LIMITS = H2Limits.DEFAULT;
    private static final String CALM = " " + H2Error.ENHANCE_YOUR_CALM;

    /** Repeats {@code step} until the server has had enough; it must not have before {@code legal} steps. */
    private static void assertCalmedAfter(int legal, Script script, Consumer<H2Peer> before, Attack step) {
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer honest = rig.connect();
            H2Peer attacker = rig.connect();
            before.accept(attacker);
            attacker.frames();
            for (int i = 0; i < legal; i++) {
                step.next(attacker, i);
                if (i % 64 == 0) {
                    assertNoGoAway(attacker, i);
                }
            }
            assertNoGoAway(attacker, legal);
            step.next(attacker, legal);
            List<String> last = attacker.frames();
            assertTrue(
                    last.stream().anyMatch(each -> each.startsWith("GOAWAY") && each.endsWith(CALM)), last.toString());
            assertTrue(attacker.end.sawFin());
            script.onRequest = http -> http.respond(200, "text/plain", "alive");
            assertEquals("DATA 1 alive END", honest.get(1, "/").frames().get(1));
        }
    }

    /** One step of many. */
    private interface Attack {
        void next(H2Peer peer, int number);
    }

    private static void assertNoGoAway(H2Peer peer, int steps) {
        List<String> frames = peer.frames();
        assertTrue(frames.stream().noneMatch(each -> each.startsWith("GOAWAY")), "after " + steps + ": " + frames);
    }

    private static Script silent() {
        Script script = new Script();
        script.onRequest = http -> {};
        return script;
    }

    /** As browsers do that scroll through many pictures. */
    @Test
    void letsEachRequestBeMoreUrgentOnce() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            for (int id = 1; id < 4 * LIMITS.controlFrames(); id += 2) {
                byte[] update = {0, 0, (byte) (id >> 8), (byte) id, 'u', '=', '1'};
                peer.get(id, "/").frame(H2Frame.PRIORITY_UPDATE, 0, 0, update);
                assertNoGoAway(peer, id);
            }
        }
    }

    /** CVE-2023-44487. */
    @Test
    void endsRapidReset() {
        assertCalmedAfter(
                LIMITS.resets(),
                silent(),
                peer -> {},
                (peer, i) -> peer.get(2 * i + 1, "/").rst(2 * i + 1, H2Error.CANCEL));
    }

    /** CVE-2025-8671: the resets are the server's own. */
    @Test
    void endsResetsItIsMadeToSend() {
        assertCalmedAfter(LIMITS.resets(), silent(), peer -> {}, (peer, i) -> {
            peer.get(2 * i + 1, "/").windowUpdate(2 * i + 1, Integer.MAX_VALUE);
        });
    }

    @Test
    void endsMalformedRequestsInARow() {
        assertCalmedAfter(
                LIMITS.resets(), silent(), peer -> {}, (peer, i) -> peer.get(2 * i + 1, "/", "connection", "close"));
    }

    @Test
    void refusesStreamsBeyondTheLimitAndEndsWhoGoesOn() {
        assertCalmedAfter(
                LIMITS.streams() + LIMITS.resets(), silent(), peer -> {}, (peer, i) -> peer.get(2 * i + 1, "/"));
    }

    @Test
    void saysWhichStreamsAreRefused() {
        try (H2Rig rig = new H2Rig(silent())) {
            H2Peer peer = rig.connect();
            for (int i = 0; i < LIMITS.streams(); i++) {
                peer.get(2 * i + 1, "/");
            }
            assertEquals(List.of(), peer.frames());
            int next = 2 * LIMITS.streams() + 1;
            assertEquals(
                    List.of("RST_STREAM " + next + " 7"), peer.get(next, "/").frames());
            peer.rst(1, H2Error.CANCEL);
            assertEquals(List.of(), peer.get(next + 2, "/").frames());
            assertEquals(LIMITS.streams() + 1, rig.script.transactions.size());
        }
    }

    /** CVE-2019-9512. */
    @Test
    void endsPings() {
        assertCalmedAfter(
                LIMITS.controlFrames(),
                new Script(),
                peer -> {},
                (peer, i) -> peer.frame(H2Frame.PING, 0, 0, new byte[8]));
    }

    /** CVE-2019-9515. */
    @Test
    void endsSettings() {
        assertCalmedAfter(LIMITS.controlFrames(), new Script(), peer -> {}, (peer, i) -> peer.settings());
    }

    /** CVE-2019-9513. */
    @Test
    void endsPriorityChurn() {
        assertCalmedAfter(
                LIMITS.controlFrames(),
                new Script(),
                peer -> {},
                (peer, i) -> peer.frame(H2Frame.PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 1}));
        assertCalmedAfter(
                LIMITS.controlFrames(),
                new Script(),
                peer -> {},
                (peer, i) -> peer.frame(H2Frame.PRIORITY_UPDATE, 0, 0, new byte[] {0, 0, 0, 1, 'i'}));
    }

    @Test
    void endsFramesNobodyKnows() {
        assertCalmedAfter(
                LIMITS.controlFrames(), new Script(), peer -> {}, (peer, i) -> peer.frame(0x77, 0, 0, new byte[3]));
    }

    /** CVE-2019-9518. */
    @Test
    void endsEmptyData() {
        assertCalmedAfter(
                LIMITS.emptyFrames(),
                silent(),
                peer -> peer.request(1, "POST", "/", H2Frame.END_HEADERS),
                (peer, i) -> peer.data(1, "", 0));
        assertCalmedAfter(
                LIMITS.emptyFrames(),
                silent(),
                peer -> peer.request(1, "POST", "/", H2Frame.END_HEADERS),
                (peer, i) -> peer.frame(H2Frame.DATA, H2Frame.PADDED, 1, new byte[] {2, 0, 0}));
    }

    @Test
    void endsWindowUpdatesThatNothingAccountsFor() {
        assertCalmedAfter(
                LIMITS.windowUpdates(), silent(), peer -> peer.get(1, "/"), (peer, i) -> peer.windowUpdate(i % 2, 1));
    }

    @Test
    void takesTheWindowUpdatesOfALongDownload() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "x".repeat(5 << 20));
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.get(1, "/").frames();
            String last = "";
            for (int i = 0; i < 6000 && !last.endsWith("END"); i++) {
                List<String> frames =
                        peer.windowUpdate(1, 1024).windowUpdate(0, 1024).frames();
                last = frames.isEmpty() ? last : frames.get(frames.size() - 1);
            }
            assertTrue(last.endsWith(" END"), last);
        }
    }

    @Test
    void forgivesAfterThePeriod() {
        try (H2Rig rig = new H2Rig(silent())) {
            H2Peer peer = rig.connect();
            int id = 1;
            for (int period = 0; period < 5; period++) {
                for (int i = 0; i < LIMITS.resets() - 1; i++, id += 2) {
                    peer.get(id, "/").rst(id, H2Error.CANCEL);
                }
                peer.get(id, "/");
                assertNoGoAway(peer, id);
                rig.advance(LIMITS.budgetPeriod());
                peer.rst(id, H2Error.CANCEL);
                id += 2;
            }
        }
    }

    /** CVE-2024-27316: with content in each, the bytes end it. */
    @Test
    void endsABlockThatGoesOn() {
        int frames = LIMITS.headerBlockBytes() / 1000;
        assertCalmedAfter(
                frames - 1,
                new Script(),
                peer -> peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 1, new byte[1000]),
                (peer, i) -> peer.frame(H2Frame.CONTINUATION, 0, 1, new byte[1000]));
    }

    /** CVE-2026-33871: without content the count ends it. */
    @Test
    void endsABlockOfEmptyFrames() {
        assertCalmedAfter(
                LIMITS.continuations(),
                new Script(),
                peer -> peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 1),
                (peer, i) -> peer.frame(H2Frame.CONTINUATION, 0, 1));
    }

    @Test
    void endsABlockThatDrips() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 1, (byte) 0x82).frames();
            rig.advance(Duration.ofSeconds(11));
            peer.frames();
            assertTrue(peer.end.sawFin());
        }
    }

    /** Before the clock wraps, which the rig's does after a second; what has time until after that must not come first. */
    @Test
    void endsABlockThatDripsBesideARequestThatMayTakeLonger() {
        HttpLimits limits =
                HttpLimits.builder().headerTimeout(Duration.ofMillis(500)).build();
        try (H2Rig rig = new H2Rig(Script.echo(), Limits.DEFAULT, List.of(), vhost -> vhost.option(limits))) {
            H2Peer peer = rig.connect();
            peer.request(1, "POST", "/", H2Frame.END_HEADERS).frames();
            peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 3, (byte) 0x82).frames();
            rig.advance(Duration.ofMillis(400));
            assertFalse(peer.end.sawFin());
            rig.advance(Duration.ofMillis(101));
            peer.frames();
            assertTrue(peer.end.sawFin());
        }
    }

    /** CVE-2016-6581 and its kin: small on the wire, 60 MiB decoded. */
    @Test
    void answersAHeaderBombWith431() {
        try (H2Rig rig = new H2Rig(new Script())) {
            H2Peer peer = rig.connect();
            String big = "v".repeat(1900);
            String[] fields = new String[8 + 2 * 15_000];
            String[] head = {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "a"};
            System.arraycopy(head, 0, fields, 0, 8);
            for (int i = 8; i < fields.length; i += 2) {
                fields[i] = "bomb";
                fields[i + 1] = big;
            }
            byte[] block = peer.block(fields);
            peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, 1, Arrays.copyOf(block, 10_000));
            peer.frame(H2Frame.CONTINUATION, H2Frame.END_HEADERS, 1, Arrays.copyOfRange(block, 10_000, block.length));
            assertTrue(peer.frames().get(0).startsWith("HEADERS 1 :status: 431"));
            assertEquals(2, peer.get(3, "/").frames().size());
        }
    }

    /** CVE-2019-9517, slow reading: the answer waits for credit, and not for ever. */
    @Test
    void resetsAnAnswerThatNobodyReads() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "x".repeat(1000));
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            peer.settings(PeerSettings.INITIAL_WINDOW_SIZE, 10).get(1, "/").frames();
            rig.advance(Duration.ofSeconds(14));
            assertEquals(List.of("DATA 1 xxxxx"), peer.windowUpdate(1, 5).frames());
            rig.advance(Duration.ofSeconds(14));
            assertEquals(List.of(), peer.frames());
            rig.advance(Duration.ofSeconds(2));
            assertEquals(List.of("RST_STREAM 1 8"), peer.frames());
        }
    }

    /** Requests without reading: what is answered is bounded by what is not taken. */
    @Test
    void readsNoMoreFromWhoReadsNothing() {
        Script script = new Script();
        script.onRequest = http -> http.respond(200, "text/plain", "x".repeat(4000));
        try (H2Rig rig = new H2Rig(script)) {
            MemoryTransport near = rig.open();
            H2Peer peer = new H2Peer(near.peer(), rig::settle);
            peer.preface().settings(PeerSettings.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE);
            peer.windowUpdate(0, 1 << 30).frames();
            near.refuse();
            IntConsumer ask = id -> peer.get(id, "/");
            for (int i = 0; i < 4000; i++) {
                ask.accept(2 * i + 1);
                rig.settle();
            }
            long[] pending = {0};
            rig.net().forEach(each -> pending[0] += pendingBytes(each));
            assertTrue(pending[0] < 300_000, "held: " + pending[0]);
            assertTrue(script.transactions.size() < 4000);
        }
    }

    private static long pendingBytes(Connection connection) {
        return connection.pendingBytes();
    }
}
