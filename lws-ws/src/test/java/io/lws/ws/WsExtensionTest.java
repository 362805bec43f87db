package io.lws.ws;

import static io.lws.ws.Frames.masked;
import static io.lws.ws.WsRig.close;
import static io.lws.ws.WsRig.upgrade;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.ws.toy.DoublingExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an extension can do that knows no more than any user of the library. */
class WsExtensionTest {
    private static final int RSV2 = 0x20;
    private static final int TEXT = 0x81 | RSV2;

    @RegisterExtension
    final WsRig rig = new WsRig()
            .vhost(vhost -> vhost.option(WsExtensions.of(new DoublingExtension(3)))
                    .option(WsDeflate.builder().thresholdBytes(0).build())
                    .option(WsLimits.builder().maxMessageBytes(100).build()));

    private String ask(String extensions) {
        rig.connect();
        String head = rig.ask(upgrade("/", "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: " + extensions));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        rig.assertEvents("upgrade /", "established");
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("none");
    }

    private void open() {
        assertEquals("x-repeat; times=2", ask("x-repeat; times=2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x-repeat; times=2                           | x-repeat; times=2
            x-repeat; times=9                           | x-repeat; times=3
            x-repeat; times=none, x-repeat; times=1     | x-repeat; times=1
            x-unknown, permessage-deflate, x-repeat; times=2 | permessage-deflate
            x-repeat; times=2, permessage-deflate       | x-repeat; times=2
            x-repeat                                    | none
            x-unknown                                   | none
            """)
    void takesTheFirstOfferThatMakesSense(String offers, String answer) {
        assertEquals(answer, ask(offers));
    }

    @Test
    void transformsBothWays() {
        open();
        rig.send(masked(TEXT, "hhii"));
        rig.assertEvents("text hi");
        rig.protocol.ws().post(WsMessage.text("yo"));
        rig.loop.settle();
        assertArrayEquals(new byte[] {(byte) TEXT, 4, 'y', 'y', 'o', 'o'}, rig.far.received());
    }

    @Test
    void transformsMessagesInPieces() {
        open();
        rig.send(masked(0x01 | RSV2, "h"), masked(0x89, "!"), masked(0x00, "hi"), masked(0x80, "i"));
        rig.assertEvents("text hi");
        assertArrayEquals(new byte[] {(byte) 0x8a, 1, '!'}, rig.far.received());
    }

    @Test
    void sendsAsItIsWhatTheExtensionOrTheUserWantsSo() {
        open();
        rig.protocol.onWrite(tx -> {
            tx.write(WsMessage.binary(StandardCharsets.US_ASCII.encode("b")));
            tx.uncompressed().write(WsMessage.text("t"));
            tx.write(WsMessage.text("r"));
        });
        rig.protocol.ws().requestWriteable();
        rig.loop.settle();
        assertArrayEquals(
                new byte[] {(byte) 0x82, 1, 'b', (byte) 0x81, 1, 't', (byte) TEXT, 2, 'r', 'r'}, rig.far.received());
        rig.send(masked(0x81, "plain"));
        rig.assertEvents("writeable", "text plain");
    }

    @Test
    void sendsALongMessageInFramesOfOneRoom() {
        open();
        String text = "x".repeat(100_000);
        rig.protocol.ws().post(WsMessage.text(text));
        rig.loop.settle();
        byte[] wire = rig.far.received();
        assertEquals(0x01 | RSV2, wire[0] & 0xff);
        int payload = 0;
        int frames = 0;
        for (int at = 0; at < wire.length; frames++) {
            boolean long64 = (wire[at + 1] & 0x7f) == 127;
            int from = at + (long64 ? 10 : 4);
            int length = long64
                    ? (wire[at + 7] & 0xff) << 16 | (wire[at + 8] & 0xff) << 8 | wire[at + 9] & 0xff
                    : (wire[at + 2] & 0xff) << 8 | wire[at + 3] & 0xff;
            payload += length;
            at = from + length;
            assertEquals(at == wire.length, (wire[from - (long64 ? 10 : 4)] & 0x80) != 0, "FIN on the last frame only");
        }
        assertEquals(200_000, payload);
        assertTrue(frames > 1);
    }

    @ParameterizedTest
    @CsvSource({"hxii, 1007", "hhi, 1007", "h, 1007"})
    void endsTheSessionWithTheExtensionsCode(String payload, int code) {
        open();
        rig.send(masked(TEXT, payload));
        assertEquals(
                List.of("CLOSE " + code),
                rig.sent().stream().map(line -> line.substring(0, 10)).toList());
        rig.assertServerClosed();
    }

    @Test
    void boundsWhatComesOfAMessage() {
        assertEquals("x-repeat; times=1", ask("x-repeat; times=1"));
        rig.send(masked(TEXT, "x".repeat(101)));
        assertTrue(rig.sent().get(0).startsWith("CLOSE 1009"));
        rig.assertServerClosed();
    }

    @Test
    void checksTheTextThatComesOfAMessage() {
        open();
        rig.send(masked(TEXT, new byte[] {(byte) 0xff, (byte) 0xff}));
        assertTrue(rig.sent().get(0).startsWith("CLOSE 1007"));
        rig.assertServerClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc1, 0x91, 0xe1})
    void refusesOtherBits(int head) {
        open();
        rig.send(masked(head, "hh"));
        assertTrue(rig.sent().get(0).startsWith("CLOSE 1002"));
        rig.assertServerClosed();
    }

    @Test
    void isOfferedByAClientInItsPlace() {
        List<WsExtension> ours = List.of(new DoublingExtension(2), new DeflateExtension(WsDeflate.defaults()));
        assertEquals("x-repeat; times=2, permessage-deflate; client_max_window_bits", WsExtensions.offer(ours));
        WsAgreement agreed = WsExtensions.accepted(ours, WsExtensionTerms.parse(List.of("x-repeat; times=1")));
        assertNotNull(agreed);
        assertEquals(WsAgreement.ReservedBit.RSV2, agreed.bit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-repeat; times=3", "x-repeat", "x-other", "x-repeat; times=1, permessage-deflate"})
    void refusesWhatAServerCannotHaveMeant(String answer) {
        List<WsExtension> ours = List.of(new DoublingExtension(2), new DeflateExtension(WsDeflate.defaults()));
        List<WsExtensionTerms> answers = WsExtensionTerms.parse(List.of(answer));
        assertEquals(
                1010,
                assertThrows(ProtocolException.class, () -> WsExtensions.accepted(ours, answers))
                        .code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a,b", "ä", "a=\"b\""})
    void refusesTermsThatNoFieldCanHold(String text) {
        assertThrows(IllegalArgumentException.class, () -> WsExtensionTerms.of(text));
        assertThrows(IllegalArgumentException.class, () -> new WsExtensionTerms.Parameter("p", text));
    }

    @Test
    void closesAsUsual() {
        open();
        rig.send(close(1000, ""));
        assertEquals(List.of("CLOSE 1000"), rig.sent());
        rig.assertEvents("peer-close 1000", "closed PEER 1000");
        rig.assertServerClosed();
    }
}
