package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two ends that do what they like: post, write in fragments, ping, pause, take no output, close, break. Whatever the order,
 * what arrives is what was sent, in order and without a gap; each end is told of its end once; and nothing is left.
 */
class WsBothEndsTest {
    private static final int STEPS = 400;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LoopRunner runner =
            leaks.loop(Limits.builder().turnBytes(8 << 10).rxStopBytes(4 << 10).build());
    private final MemoryTransport near = MemoryTransport.pair();
    private final WsDeflate deflate =
            WsDeflate.builder().thresholdBytes(200).maxDeflaters(1).build();
    private SplittableRandom random = new SplittableRandom();

    /** One end: what it has sent, and what has come. */
    private final class End implements WsProtocol<Void> {
        final MemoryTransport transport;
        final ArrayDeque<WsPart> writing = new ArrayDeque<>();
        final List<String> received = new ArrayList<>();
        int posted;
        int written;
        int ends;
        CloseInfo info;
        WsSession<Void> ws;

        End(MemoryTransport transport) {
            this.transport = transport;
        }

        @Override
        public void onEstablished(WsSession<Void> session) {
            ws = session;
        }

        @Override
        public void onMessage(WsSession<Void> session, WsFragment rx) {
            assertEquals(0, ends, "a message behind the end");
            String text = rx.text();
            int at = text.indexOf(':');
            assertEquals(filler(Integer.parseInt(text.substring(1, at))), text.substring(at + 1));
            received.add(text.substring(0, at));
            if (random.nextInt(8) == 0) {
                session.pauseRx();
            }
        }

        @Override
        public void onWriteable(WsSession<Void> session, WsTx tx) {
            WsPart part = writing.poll();
            if (part == null) {
                return;
            }
            ByteBuffer all = ByteBuffer.wrap(Frames.utf8("w" + written + ":" + filler(written)));
            int third = all.limit() / 3; // perhaps amid a character
            switch (part) {
                case FIRST -> all.limit(third);
                case MIDDLE -> all.limit(2 * third).position(third);
                default -> all.position(2 * third);
            }
            tx.write(WsOpcode.TEXT, part, all);
            written += part == WsPart.LAST ? 1 : 0;
            if (!writing.isEmpty()) {
                session.requestWriteable();
            }
        }

        @Override
        public void onClosed(WsSession<Void> session, CloseInfo why) {
            ends++;
            info = why;
        }

        void act() {
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> posted += ws.post(WsMessage.text("p" + posted + ":" + filler(posted))) ? 1 : 0;
                case 3 -> {
                    writing.addAll(List.of(WsPart.FIRST, WsPart.MIDDLE, WsPart.LAST));
                    ws.requestWriteable();
                }
                case 4 -> ws.ping(ByteBuffer.wrap(Frames.utf8("ping")));
                case 5 -> ws.pauseRx();
                case 6, 7 -> ws.resumeRx();
                case 8 -> transport.refuse();
                case 9 -> transport.allow();
                case 10 -> transport.acceptPerWrite(1 + random.nextInt(3_000));
                default -> runner.turns(random.nextInt(4));
            }
        }

        /** Everything that was sent before the end is there, or, where it broke, all of it up to some message. */
        void assertReceived(End from, boolean all) {
            for (char kind : new char[] {'p', 'w'}) {
                List<String> got =
                        received.stream().filter(each -> each.charAt(0) == kind).toList();
                for (int i = 0; i < got.size(); i++) {
                    assertEquals("" + kind + i, got.get(i));
                }
                int sent = kind == 'p' ? from.posted : from.written;
                assertTrue(all ? got.size() == sent : got.size() <= sent, kind + ": " + got.size() + " of " + sent);
            }
        }
    }

    /** Short, long, and such as compress; two bytes a character at times. */
    private static String filler(int number) {
        return number % 7 == 0 ? "é".repeat(10_000) : number % 3 == 0 ? "text ".repeat(number) : "";
    }

    private final End server = new End(near);
    private final End client = new End(near.peer());

    private void open() {
        Vhost vhost = Vhost.builder("test").option(deflate).build();
        DeflateExtension extension = new DeflateExtension(deflate);
        WsAgreement atServer = extension.answer(extension.offer());
        WsAgreement atClient = extension.accepted(atServer.answer());
        runner.open(near, connection -> WsConnection.server(connection, vhost, server, null, "", atServer, null));
        runner.open(
                near.peer(),
                connection -> WsConnection.client(connection, vhost, client, null, "", atClient, why -> {}));
        runner.settle();
    }

    private void calm(End end) {
        end.transport.allow();
        end.transport.acceptPerWrite(Integer.MAX_VALUE);
        end.ws.resumeRx();
        runner.settle();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void carriesWhatItCarriesWholeAndInOrder(int seed) {
        random = new SplittableRandom(seed);
        open();
        for (int step = 0; step < STEPS; step++) {
            (random.nextBoolean() ? server : client).act();
        }
        boolean breaks = seed % 4 == 0;
        if (breaks) {
            if (random.nextBoolean()) {
                client.transport.reset();
            } else {
                server.ws.abort();
            }
        } else {
            for (int i = 0; i < 200; i++) { // a message may pause its reader
                calm(server);
                calm(client);
            }
            server.assertReceived(client, true);
            client.assertReceived(server, true);
            (random.nextBoolean() ? server : client).ws.close(4000, "enough");
        }
        runner.settle();
        for (int i = 0; i < 5; i++) {
            runner.advance(Duration.ofMinutes(1));
        }
        assertEquals(List.of(1, 1), List.of(server.ends, client.ends));
        if (!breaks) {
            assertEquals(List.of(4000, 4000), List.of(server.info.code(), client.info.code()));
        }
        server.assertReceived(client, false);
        client.assertReceived(server, false);
        DeflateLoop zlib = DeflateLoop.of(runner.net());
        assertEquals(0, zlib.inflaters.lent());
        assertEquals(0, zlib.deflaters(deflate).lent());
    }
}
