package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.h2.H2Rig.Pss;
import io.lws.http.h2.H2Rig.Script;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Frames at random, most of them plausible, to a server whose protocol answers at random: whatever comes of it, no fault of
 * ours, no block that the peer cannot decode, one end to each request, and nothing left behind.
 */
class H2FuzzTest {
    private static final int ROUNDS = Integer.getInteger("lws.fuzz.rounds", 150);
    private static final int STEPS = 60;
    private static final String[] METHODS = {"GET", "HEAD", "POST", "OPTIONS", "CONNECT"};
    private static final int[] FLAGS = {H2Frame.END_HEADERS, H2Peer.END, H2Peer.END, 0, 0xff};

    private final Random random = new Random();
    private int newest;
    private int answered;

    @Test
    void comesToAnEndWhateverComes() {
        for (int seed = 1; seed <= ROUNDS; seed++) {
            random.setSeed(seed);
            newest = -1;
            run(seed);
        }
        assertTrue(answered > ROUNDS / 4, "only " + answered + " answers: the fuzz does not reach far");
    }

    private void run(int seed) {
        Script script = script();
        try (H2Rig rig = new H2Rig(script)) {
            H2Peer peer = rig.connect();
            for (int i = 0; i < STEPS && !peer.end.sawFin() && !peer.end.sawReset(); i++) {
                step(rig, peer);
                if (random.nextInt(4) > 0) {
                    check(seed, peer.frames());
                }
            }
            peer.end.peer().allow();
            check(seed, peer.frames());
            if (random.nextBoolean()) {
                peer.end.fin();
            } else {
                peer.end.reset();
            }
        }
        List<String> events = script.events;
        long begun = events.stream().filter(each -> each.startsWith("request")).count();
        long ended = events.stream().filter(each -> each.startsWith("closed")).count();
        assertEquals(begun, ended, () -> "round " + seed + ": " + events);
        assertTrue(events.stream().noneMatch(each -> each.contains("CALLBACK")), () -> "round " + seed + ": " + events);
    }

    private void check(int seed, List<String> frames) {
        for (String frame : frames) {
            assertTrue(!frame.startsWith("GOAWAY") || !frame.endsWith(" 2"), () -> "round " + seed + ": " + frames);
            answered += frame.contains(":status: 20") ? 1 : 0;
        }
    }

    // ---- the client

    private void step(H2Rig rig, H2Peer peer) {
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3, 4, 5 -> request(peer, next());
            case 6 -> request(peer, any());
            case 7, 8, 9, 10 -> data(peer);
            case 11 -> peer.headers(any(), flags(), "x-sum", "1");
            case 12 -> peer.rst(any(), random.nextInt(14));
            case 13 -> peer.windowUpdate(any(), random.nextInt(70_000));
            case 14 -> peer.windowUpdate(0, random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(70_000));
            case 15 -> peer.settings(1 + random.nextInt(9), setting());
            case 16 -> peer.frame(H2Frame.SETTINGS, H2Frame.ACK, 0);
            case 17 -> peer.frame(H2Frame.PING, random.nextInt(2), 0, new byte[8]);
            case 18 -> peer.frame(H2Frame.PRIORITY, 0, any(), bytes(5));
            case 19 -> peer.frame(H2Frame.PRIORITY_UPDATE, 0, 0, H2Peer.bytes(any()));
            case 20 -> continued(peer);
            case 21 -> rig.advance(Duration.ofMillis(random.nextInt(20_000)));
            case 22 -> peer.end.peer().acceptPerWrite(1 + random.nextInt(2_000));
            case 23 -> toggle(peer);
            case 24 -> peer.end.peer().deliverPerRead(1 + random.nextInt(100));
            default -> rarely(rig, peer);
        }
    }

    private void toggle(H2Peer peer) {
        if (random.nextBoolean()) {
            peer.end.peer().refuse();
        } else {
            peer.end.peer().allow();
        }
    }

    private void rarely(H2Rig rig, H2Peer peer) {
        switch (random.nextInt(8)) {
            case 0 -> peer.frame(random.nextInt(20), random.nextInt(256), any(), bytes(random.nextInt(40)));
            case 1 -> peer.end.send(bytes(random.nextInt(30)));
            case 2 -> peer.frame(H2Frame.GOAWAY, 0, 0, new byte[8]);
            case 3 -> rig.net().forEach(each -> each.tell(role -> role.onDrain()));
            case 4 -> rig.net().forEach(each -> each.tell(role -> role.onRetire()));
            case 5 -> peer.end.fin();
            default -> rig.advance(Duration.ofSeconds(random.nextInt(30)));
        }
    }

    private int next() {
        newest += 2;
        return newest;
    }

    private int any() {
        return random.nextInt(20) == 0 ? random.nextInt(200) : Math.max(1, newest - 2 * random.nextInt(6));
    }

    private int flags() {
        return FLAGS[random.nextInt(FLAGS.length)];
    }

    private int setting() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(100_000);
            case 2 -> 16_384 + random.nextInt(100_000);
            default -> random.nextInt();
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void request(H2Peer peer, int streamId) {
        String method = METHODS[random.nextInt(METHODS.length)];
        int flags = random.nextInt(8) == 0 ? flags() & ~H2Frame.PADDED & ~H2Frame.WITH_PRIORITY : usualFlags(method);
        switch (random.nextInt(6)) {
            case 0 -> peer.request(streamId, method, "/x?y", flags, "expect", "100-continue");
            case 1 -> peer.request(streamId, method, "/", flags, "content-length", "" + random.nextInt(5_000));
            case 2 -> peer.request(streamId, method, "/a", flags, "priority", "u=" + random.nextInt(9) + ", i");
            default ->
                peer.request(streamId, method, "/b", flags, "x-" + random.nextInt(9), "v".repeat(random.nextInt(99)));
        }
    }

    private static int usualFlags(String method) {
        return method.equals("GET") || method.equals("HEAD") ? H2Peer.END : H2Frame.END_HEADERS;
    }

    private void data(H2Peer peer) {
        int end = random.nextInt(3) == 0 ? H2Frame.END_STREAM : 0;
        if (random.nextInt(4) == 0) {
            byte[] padded = bytes(random.nextInt(300));
            peer.frame(H2Frame.DATA, end | H2Frame.PADDED, any(), padded);
        } else {
            peer.data(any(), "d".repeat(random.nextInt(10) == 0 ? 16_384 : random.nextInt(2_000)), end);
        }
    }

    private void continued(H2Peer peer) {
        byte[] block = peer.block(":method", "GET", ":scheme", "http", ":path", "/c", ":authority", "localhost");
        int id = next();
        int cut = random.nextInt(block.length);
        peer.frame(H2Frame.HEADERS, H2Frame.END_STREAM, id, Arrays.copyOf(block, cut));
        peer.frame(H2Frame.CONTINUATION, H2Frame.END_HEADERS, id, Arrays.copyOfRange(block, cut, block.length));
    }

    // ---- the protocol

    private Script script() {
        Script script = new Script();
        script.onRequest = this::onRequest;
        script.onBody = this::onBody;
        script.onBodyComplete = http -> {
            if (random.nextBoolean()) {
                answer(http);
            }
        };
        script.onWriteable = this::onWriteable;
        return script;
    }

    private void onRequest(HttpTransaction<Pss> http) {
        switch (random.nextInt(6)) {
            case 0 -> answer(http);
            case 1 -> http.pauseRx();
            case 2 -> http.inform(103, Headers.of("Link", "</a>"));
            case 3 -> http.execute(() -> answer(http));
            default -> {
                // the content comes first
            }
        }
    }

    private void onBody(HttpTransaction<Pss> http, ByteBuffer rx) {
        switch (random.nextInt(6)) {
            case 0 -> answer(http);
            case 1 -> {
                http.pauseRx();
                http.execute(http::resumeRx);
            }
            case 2 -> http.requestWriteable();
            default -> {
                // and more of it
            }
        }
    }

    private void answer(HttpTransaction<Pss> http) {
        if (!http.isOpen() || http.pss().sent > 0) {
            return;
        }
        http.pss().sent = 1;
        int length = random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(100);
        switch (random.nextInt(5)) {
            case 0 -> http.abort();
            case 1, 2 ->
                http.respond(200, Headers.of("X-" + random.nextInt(20), "v" + random.nextInt(20)), new byte[length]);
            default -> {
                http.pss().sent = 2;
                http.start(200, Headers.of("A", "b".repeat(random.nextInt(300))), -1);
                http.requestWriteable();
            }
        }
    }

    private void onWriteable(HttpTransaction<Pss> http, HttpTx tx) {
        if (http.pss().sent < 2) {
            answer(http);
            return;
        }
        while (tx.isReady()) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    tx.finish(Headers.of("X-Sum", "1"));
                    return;
                }
                case 1 -> {
                    tx.finish();
                    return;
                }
                default -> tx.write(ByteBuffer.allocate(random.nextInt(20_000)));
            }
        }
        http.requestWriteable();
    }
}
