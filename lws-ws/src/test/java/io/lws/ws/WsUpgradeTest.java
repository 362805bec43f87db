package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Verdict;
import io.lws.Vhost;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.policy.ValidityPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a request to a session, or to a refusal. */
class WsUpgradeTest {
    @RegisterExtension
    final WsRig rig = new WsRig();

    private final RecordingWs other = new RecordingWs();

    /** A second protocol, and one that speaks HTTP only. */
    private Vhost.Builder withOthers(Vhost.Builder vhost) {
        return vhost.protocol("other", (owner, options) -> other)
                .protocol("pages", (owner, options) -> new Pages())
                .mount(Mount.callback("/pages", "pages"))
                .mount(Mount.redirect("/", "/pages"));
    }

    private static final class Pages implements HttpProtocol<Void> {
        @Override
        public void onRequest(HttpTransaction<Void> http) {
            http.respond(HttpStatus.OK, "text/plain", "a page");
        }
    }

    @Test
    void answersThenOpens() {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/some/path?q=1", "Sec-WebSocket-Protocol: chat"));
        assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), head);
        String fields = head.toLowerCase(java.util.Locale.ROOT);
        assertTrue(fields.contains("\r\nupgrade: websocket\r\n"), head);
        assertTrue(fields.contains("\r\nconnection: upgrade\r\n"), head);
        assertTrue(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
        assertTrue(head.contains("Sec-WebSocket-Protocol: chat\r\n"), head);
        assertFalse(fields.contains("content-length"), head);
        rig.assertEvents("upgrade /some/path", "established");
        assertEquals("/some/path", rig.protocol.ws().pss().path);
        assertEquals("chat", rig.protocol.ws().subprotocol());
        assertEquals("ws", rig.protocol.ws().tag().substring(0, 2));
    }

    @Test
    void opensBeforeTheFirstMessageThatCameWithTheRequest() {
        rig.connect();
        rig.far.send(WsRig.upgrade("/"));
        rig.send(WsRig.text("early"), WsRig.ping("p"));
        assertTrue(rig.head().startsWith("HTTP/1.1 101 "));
        rig.assertEvents("upgrade /", "established", "text early");
        rig.assertSent("PONG p");
    }

    @Test
    void opensHoweverTheRequestIsCut() {
        rig.connect();
        rig.near.deliverPerRead(1);
        rig.far.send(WsRig.upgrade("/"));
        rig.send(WsRig.text("early"));
        rig.assertEvents("upgrade /", "established", "text early");
    }

    @Test
    void opensWithoutBeingSpokenTo() {
        rig.connect();
        rig.ask(WsRig.upgrade("/"));
        rig.assertEvents("upgrade /", "established");
    }

    @Test
    void writesBehindTheAnswerWhatTheOpeningBrings() {
        rig.protocol.at("established", ws -> ws.post(WsMessage.text("welcome")));
        rig.connect();
        rig.ask(WsRig.upgrade("/"));
        rig.assertSent("TEXT welcome");
    }

    /** Of two that are spoken here the client's order decides; spaces and several fields mean nothing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat               | chat",
                "other              | other",
                "other, chat        | other",
                "chat,other         | chat",
                "nonsense, other    | other",
                "pages, chat        | chat",
                "'nonsense\r\nSec-WebSocket-Protocol: other' | other",
            })
    void choosesTheSubprotocol(String offered, String chosen) {
        rig.vhost(this::withOthers).connect();
        String head = rig.ask(WsRig.upgrade("/", "Sec-WebSocket-Protocol: " + offered));
        assertTrue(head.contains("Sec-WebSocket-Protocol: " + chosen + "\r\n"), head);
        RecordingWs expected = chosen.equals("chat") ? rig.protocol : other;
        assertEquals(chosen, expected.ws().subprotocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "CHAT", "pages", "chat, chat", "chat;x", "", "chat,,other", "\"chat\""})
    void refusesSubprotocolsThatAreNotSpoken(String offered) {
        rig.vhost(this::withOthers).connect();
        String head = rig.ask(WsRig.upgrade("/", "Sec-WebSocket-Protocol: " + offered));
        assertTrue(head.startsWith("HTTP/1.1 400 "), head);
        rig.assertEvents();
        assertEquals(0, rig.protocol.madePss);
        rig.assertServerClosed();
    }

    @Test
    void givesTheDefaultProtocolToWhoNamesNone() {
        rig.vhost(this::withOthers).connect();
        String head = rig.ask(WsRig.upgrade("/anything"));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertFalse(head.contains("Sec-WebSocket-Protocol"), head);
        rig.assertEvents("upgrade /anything", "established");
        assertEquals("", rig.protocol.ws().subprotocol());
    }

    @Test
    void givesTheDefaultProtocolAtAMountOfOneThatSpeaksNoWs() {
        rig.vhost(vhost -> withOthers(vhost).mount(Mount.callback("/there", "pages")));
        rig.connect();
        rig.ask(WsRig.upgrade("/there"));
        rig.assertEvents("upgrade /there", "established");
    }

    /** Each row: what the request has instead, and the status it gets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 12       | 426",
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8        | 426",
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 0        | 426",
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 14       | 426",
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 13, 8    | 426",
                "Sec-WebSocket-Version: 13 | X-None: x                       | 426",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X-None: x      | 400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j | 400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE= | 400",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: not base64 at all!!!!!! | 400",
                "GET /                     | POST /                          | 400",
            })
    void refusesAFaultyHandshake(String right, String wrong, int status) {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/").replace(right, wrong));
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        assertEquals(status == 426, head.contains("Sec-WebSocket-Version: 13\r\n"), head);
        rig.assertEvents();
        assertEquals(0, rig.protocol.madePss);
        rig.assertServerClosed();
    }

    @Test
    void refusesTwoKeys() {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/", "Sec-WebSocket-Key: " + WsRig.KEY));
        assertTrue(head.startsWith("HTTP/1.1 400 "), head);
        rig.assertServerClosed();
    }

    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "503"})
    void refusesAsTheProtocolSays(int status) {
        rig.protocol.verdict(Verdict.reject(status, "not you"));
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/"));
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        rig.assertEvents("upgrade /");
        rig.assertServerClosed();
        rig.assertEvents(); // neither opened nor ended: there never was a session
    }

    /** A client that has sent frames right behind a request that is refused: they are no requests, and reach nobody. */
    @Test
    void dropsWhatComesBehindARefusedRequest() {
        rig.protocol.verdict(Verdict.reject(403));
        rig.connect();
        rig.far.send(WsRig.upgrade("/"));
        rig.send(WsRig.text("GET / HTTP/1.1"), WsRig.close(1000, ""));
        rig.far.send(WsRig.upgrade("/"));
        rig.loop.settle();
        String all = rig.far.receivedText();
        assertEquals(1, all.split("HTTP/1.1 ", -1).length - 1, all);
        rig.assertEvents("upgrade /");
        rig.assertServerClosed();
    }

    @Test
    void refusesOnceWhenTheProtocolThrows() {
        rig.protocol.at("upgrade", ws -> {});
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/"));
        assertTrue(head.startsWith("HTTP/1.1 500 "), head);
        rig.assertEvents("upgrade /");
        rig.assertServerClosed();
        rig.assertEvents();
    }

    @Test
    void endsQuietlyWhenTheClientIsGoneBeforeTheRefusal() {
        rig.protocol.verdict(Verdict.reject(403));
        rig.connect();
        rig.far.send(WsRig.upgrade("/"));
        rig.far.reset();
        rig.loop.settle();
        assertTrue(rig.near.isClosed());
        assertTrue(rig.protocol.events.size() <= 1, rig.protocol.events.toString());
    }

    @Test
    void upgradesTheSecondRequestOfAConnection() {
        rig.vhost(this::withOthers).connect();
        assertTrue(rig.ask(WsRig.request("/pages")).startsWith("HTTP/1.1 200 "));
        assertTrue(rig.ask(WsRig.upgrade("/")).startsWith("HTTP/1.1 101 "));
        rig.send(WsRig.text("x"));
        rig.assertEvents("upgrade /", "established", "text x");
    }

    @Test
    void closesTheRequestTimersOfTheRoleBefore() {
        rig.vhost(vhost -> vhost.option(ValidityPolicy.OFF)).open();
        rig.loop.advance(Duration.ofHours(1));
        rig.send(WsRig.text("still here"));
        rig.assertEvents("text still here");
    }

    @Test
    void agreesToCompressWhereTheVhostDoes() {
        rig.vhost(vhost -> vhost.option(WsDeflate.defaults())).connect();
        String head = rig.ask(WsRig.upgrade(
                "/",
                "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16",
                "Sec-WebSocket-Extensions: x-other, permessage-deflate; server_max_window_bits=10"));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertTrue(
                head.contains("\r\nSec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n"), head);
    }

    @Test
    void agreesToNoCompressionByItself() {
        rig.connect();
        String head = rig.ask(WsRig.upgrade("/", "Sec-WebSocket-Extensions: permessage-deflate"));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertFalse(head.contains("Extensions"), head);
    }
}
