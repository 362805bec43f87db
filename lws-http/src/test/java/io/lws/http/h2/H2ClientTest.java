package io.lws.http.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.http.H2Limits;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.h2.H2ClientConnection.Credit;
import io.lws.http.wire.ClientWire;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireLimits;
import io.lws.http.wire.WireOwner;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's half of a connection; the test is the origin. */
class H2ClientTest {
    private static final WireLimits LIMITS = new WireLimits(HttpLimits.DEFAULT, 3, Duration.ofSeconds(15), 1);

    private final LoopRunner runner = new LoopRunner();
    private final List<String> owner = new ArrayList<>();
    private H2ClientConnection client;
    private H2Peer origin;

    /** Writes down what comes of an exchange. */
    private static final class Recorder implements WireEvents {
        final List<String> events = new ArrayList<>();

        @Override
        public void onInterim(HttpResponse interim) {
            events.add("interim " + interim.status());
        }

        @Override
        public void onHead(HttpResponse response) {
            events.add("head " + response.status() + " " + response.contentLength() + " " + response.header("x"));
        }

        @Override
        public void onBody(ByteBuffer content) {
            events.add("body " + StandardCharsets.ISO_8859_1.decode(content));
        }

        @Override
        public void onEnd(Headers trailers) {
            events.add("end " + trailers.size());
        }

        @Override
        public void onWriteable() {
            events.add("writeable");
        }

        @Override
        public void onSwitched(HttpResponse response, Connection connection) {
            events.add("switched " + response.status() + " " + connection.tag().startsWith("h2-tunnel"));
        }

        @Override
        public void onFailed(CloseInfo why, Progress progress) {
            events.add("failed " + why.initiator() + " " + why.code() + " " + progress);
        }
    }

    @BeforeEach
    void connect() {
        connect(Credit.AS_READ);
    }

    private byte[] connect(Credit credit) {
        MemoryTransport near = MemoryTransport.pair();
        runner.open(near, connection -> {
            client = new H2ClientConnection(connection, LIMITS, H2Limits.DEFAULT, credit, new WireOwner() {
                @Override
                public void onRoom(ClientWire wire) {
                    owner.add("room");
                }

                @Override
                public void onGone(ClientWire wire) {
                    owner.add("gone");
                }
            });
            return client.role();
        });
        runner.settle();
        byte[] preface = near.peer().received();
        assertEquals(H2Preface.TEXT, new String(preface, 0, H2Preface.BYTES, StandardCharsets.ISO_8859_1));
        origin = new H2Peer(near.peer(), runner::settle);
        assertEquals(1, client.room(request("GET", WireRequest.NO_BODY)));
        origin.settings(PeerSettings.MAX_CONCURRENT_STREAMS, 2).frame(H2Frame.SETTINGS, H2Frame.ACK, 0);
        assertEquals(List.of("SETTINGS ACK"), origin.frames());
        assertEquals(List.of("room"), owner);
        owner.clear();
        return preface;
    }

    private static WireRequest request(String method, long bodyBytes) {
        return request(method, bodyBytes, WireRequest.AUTOMATIC);
    }

    private static WireRequest request(String method, long bodyBytes, int credit) {
        return new WireRequest(
                HttpMethod.of(method), "http", "a", "/p", false, Headers.of("X", "1"), bodyBytes, "", credit);
    }

    private Recorder get() {
        Recorder recorder = new Recorder();
        client.begin(request("GET", WireRequest.NO_BODY), recorder);
        return recorder;
    }

    @Test
    void asksAndHears() {
        Recorder recorder = get();
        assertEquals(
                List.of("HEADERS 1 :method: GET, :scheme: http, :authority: a, :path: /p, x: 1 END"), origin.frames());
        origin.headers(1, H2Frame.END_HEADERS, ":status", "103");
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200", "x", "y").data(1, "abc", 0);
        origin.headers(1, H2Peer.END, "trailer", "t").frames();
        assertEquals(List.of("interim 103", "head 200 -1 y", "body abc", "end 1"), recorder.events);
        assertTrue(client.isIdle());
    }

    @Test
    void hearsASeriesOfInterimResponsesThatIsNotTooFast() {
        Recorder recorder = get();
        origin.frames();
        for (int i = 0; i < 12; i++) {
            origin.headers(1, H2Frame.END_HEADERS, ":status", "102");
            if (i % LIMITS.maxInterim() == LIMITS.maxInterim() - 1) {
                runner.advance(Duration.ofSeconds(1));
            }
        }
        assertEquals(Collections.nCopies(12, "interim 102"), recorder.events);
        for (int i = 0; i <= LIMITS.maxInterim(); i++) {
            origin.headers(1, H2Frame.END_HEADERS, ":status", "102");
        }
        assertEquals(List.of("RST_STREAM 1 1"), origin.frames());
        assertEquals("failed PROTOCOL 1 SOMETHING_CAME", recorder.events.get(recorder.events.size() - 1));
    }

    @Test
    void sharesTheConnectionAsFarAsTheOriginAllows() {
        Recorder first = get();
        Recorder second = get();
        assertEquals(0, client.room(request("GET", WireRequest.NO_BODY)));
        origin.headers(3, H2Peer.END, ":status", "204").headers(1, H2Peer.END, ":status", "200");
        origin.frames();
        assertEquals(List.of("head 204 -1 null", "end 0"), second.events);
        assertEquals(List.of("head 200 -1 null", "end 0"), first.events);
        assertEquals(2, client.room(request("GET", WireRequest.NO_BODY)));
    }

    @Test
    void sendsContentAsFarAsTheWindowReaches() {
        Recorder recorder = new Recorder();
        origin.settings(PeerSettings.INITIAL_WINDOW_SIZE, 3);
        runner.settle();
        WireExchange exchange = client.begin(request("POST", 5), recorder);
        exchange.write(ByteBuffer.wrap(new byte[] {'a', 'b', 'c', 'd', 'e'}));
        assertFalse(exchange.isReady());
        exchange.finish();
        List<String> frames = origin.frames();
        assertEquals("DATA 1 abc", frames.get(frames.size() - 1));
        assertTrue(frames.get(frames.size() - 2).endsWith("x: 1, content-length: 5"), frames.toString());
        assertEquals(List.of("DATA 1 de END"), origin.windowUpdate(1, 10).frames());
        origin.headers(1, H2Peer.END, ":status", "200").frames();
        assertEquals(List.of("head 200 -1 null", "end 0"), recorder.events);
    }

    @Test
    void holdsBackWhilePausedAndGivesNoCredit() {
        Recorder recorder = new Recorder();
        WireExchange exchange = client.begin(request("GET", WireRequest.NO_BODY), recorder);
        exchange.pauseRx();
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200");
        for (int i = 0; i < 4; i++) {
            origin.data(1, "x".repeat(16_000), 0);
        }
        origin.frames();
        assertEquals(List.of("head 200 -1 null"), recorder.events);
        assertEquals(List.of(), origin.frames());
        exchange.resumeRx();
        assertTrue(origin.frames().get(0).startsWith("WINDOW_UPDATE 1 "));
        origin.data(1, "x", H2Frame.END_STREAM).frames();
        assertEquals("end 0", recorder.events.get(recorder.events.size() - 1));
    }

    @Test
    void tellsWhatMayBeSentAgain() {
        Recorder refused = get();
        origin.rst(1, H2Error.REFUSED_STREAM).frames();
        assertEquals(List.of("failed PEER 7 NOT_PROCESSED"), refused.events);
        Recorder reset = get();
        origin.rst(3, H2Error.INTERNAL_ERROR).frames();
        assertEquals(List.of("failed PEER 2 NOTHING_CAME"), reset.events);
        Recorder begun = get();
        origin.headers(5, H2Frame.END_HEADERS, ":status", "200").rst(5, H2Error.INTERNAL_ERROR);
        origin.frames();
        assertEquals(List.of("head 200 -1 null", "failed PEER 2 SOMETHING_CAME"), begun.events);
    }

    @Test
    void finishesWhatAnOriginThatGoesAwayHasTaken() {
        Recorder taken = get();
        Recorder dropped = get();
        origin.frames();
        origin.frame(H2Frame.GOAWAY, 0, 0, new byte[] {0, 0, 0, 1, 0, 0, 0, 0}).frames();
        assertEquals(List.of("failed PEER 0 NOT_PROCESSED"), dropped.events);
        assertEquals(List.of(), taken.events);
        assertEquals(0, client.room(request("GET", WireRequest.NO_BODY)));
        assertTrue(owner.contains("gone"));
        origin.headers(1, H2Peer.END, ":status", "200").frames();
        assertEquals(List.of("head 200 -1 null", "end 0"), taken.events);
        assertTrue(origin.end.sawFin());
    }

    @Test
    void failsWhatIsUnderWayWhenTheConnectionBreaks() {
        Recorder recorder = get();
        origin.frames();
        origin.end.reset();
        runner.settle();
        assertEquals(List.of("failed NETWORK 0 NOTHING_CAME"), recorder.events);
        assertTrue(owner.contains("gone"));
    }

    /** Its owner is not to begin anything on it while what was under way is told of the end. */
    @Test
    void takesNothingMoreOnceTheOriginHasEndedItsOutput() {
        Recorder recorder = get();
        origin.frames();
        origin.end.fin();
        runner.settle();
        assertEquals(List.of("failed NETWORK 0 NOTHING_CAME"), recorder.events);
        assertEquals(List.of("gone"), owner);
        assertEquals(0, client.room(request("GET", WireRequest.NO_BODY)));
        assertTrue(origin.end.sawFin());
    }

    @Test
    void goesWithTheLastNumberOfAStream() {
        client.numbersFrom(Integer.MAX_VALUE - 4);
        Recorder recorder = get();
        assertEquals(List.of("gone"), owner);
        assertFalse(client.isShared());
        origin.frames();
        origin.headers(Integer.MAX_VALUE - 4, H2Peer.END, ":status", "200").frames();
        assertEquals(List.of("head 200 -1 null", "end 0"), recorder.events);
        assertTrue(origin.end.sawFin());
    }

    @Test
    void cancelsByAResetOfTheStreamAlone() {
        Recorder recorder = new Recorder();
        WireExchange exchange = client.begin(request("GET", WireRequest.NO_BODY), recorder);
        origin.frames();
        exchange.cancel();
        assertEquals(List.of("RST_STREAM 1 8"), origin.frames());
        origin.headers(1, H2Peer.END, ":status", "200");
        assertEquals(List.of(), origin.frames());
        assertEquals(List.of(), recorder.events);
        assertEquals(2, client.room(request("GET", WireRequest.NO_BODY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=1",
                ":status=20",
                ":status=2000",
                ":status=abc",
                ":status=101",
                ":status=200 :path=/",
                ":status=200 X=1",
                ":status=200 connection=close",
                ":status=200 content-length=a",
                ":status=200 content-length=4"
            })
    void resetsAMalformedResponse(String fields) {
        Recorder recorder = get();
        origin.frames();
        String[] all = fields.replace(' ', '=').split("=", -1);
        List<String> frames = origin.headers(1, H2Peer.END, all).frames();
        assertEquals(List.of("RST_STREAM 1 1"), frames);
        String last = recorder.events.get(recorder.events.size() - 1);
        assertTrue(last.startsWith("failed PROTOCOL 1 "), last);
    }

    @Test
    void refusesStreamsOfTheOrigins() {
        origin.headers(2, H2Peer.END, ":status", "200");
        List<String> frames = origin.frames();
        assertEquals("GOAWAY 0 1", frames.get(frames.size() - 1));
    }

    @Test
    void switchesAStreamToAnotherProtocol() {
        origin.settings(PeerSettings.ENABLE_CONNECT_PROTOCOL, 1).frames();
        Recorder recorder = new Recorder();
        client.begin(
                new WireRequest(
                        HttpMethod.GET,
                        "http",
                        "a",
                        "/p",
                        false,
                        Headers.EMPTY,
                        WireRequest.NO_BODY,
                        "websocket",
                        WireRequest.AUTOMATIC),
                recorder);
        assertEquals(
                List.of("HEADERS 1 :method: CONNECT, :scheme: http, :authority: a, :path: /p, :protocol: websocket"),
                origin.frames());
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200").frames();
        assertEquals(List.of("switched 200 true"), recorder.events);
        origin.rst(1, H2Error.CANCEL).frames();
        assertTrue(client.isIdle());
    }

    // ---- credit by request

    @Test
    void announcesNoWindowWhereRequestsSayTheirOwn() {
        byte[] preface = connect(Credit.BY_REQUEST);
        ByteBuffer settings = ByteBuffer.wrap(preface, H2Preface.BYTES + H2Frame.HEADER_BYTES, 6 * 4);
        int window = -1;
        while (settings.hasRemaining()) {
            int id = settings.getShort();
            int value = settings.getInt();
            window = id == PeerSettings.INITIAL_WINDOW_SIZE ? value : window;
        }
        assertEquals(0, window);
        get();
        assertEquals(List.of("WINDOW_UPDATE 1 65536"), origin.frames().subList(1, 2));
    }

    @Test
    void givesCreditAsItIsTold() {
        connect(Credit.BY_REQUEST);
        Recorder recorder = new Recorder();
        WireExchange exchange = client.begin(request("GET", WireRequest.NO_BODY, 0), recorder);
        assertEquals(1, origin.frames().size());
        assertTrue(exchange.isHeldBack());
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200");
        exchange.giveCredit(3);
        assertEquals(List.of("WINDOW_UPDATE 1 3"), origin.frames());
        assertFalse(exchange.isHeldBack());
        assertEquals(List.of(), origin.data(1, "abc", 0).frames());
        assertTrue(exchange.isHeldBack());
        exchange.giveCredit(40_000);
        origin.data(1, "x".repeat(16_000), 0).data(1, "x".repeat(16_000), 0);
        assertEquals(List.of("WINDOW_UPDATE 1 40000"), origin.frames());
        origin.data(1, "x".repeat(8_000), H2Frame.END_STREAM).frames();
        assertEquals("end 0", recorder.events.get(recorder.events.size() - 1));
        exchange.giveCredit(1);
        assertEquals(List.of(), origin.frames());
    }

    @Test
    void givesPaddingBackWhichNobodyIsToldOf() {
        connect(Credit.BY_REQUEST);
        client.begin(request("GET", WireRequest.NO_BODY, 6), new Recorder());
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200").frames();
        origin.frame(H2Frame.DATA, H2Frame.PADDED, 1, (byte) 2, (byte) 'a', (byte) 0, (byte) 0);
        assertEquals(List.of("WINDOW_UPDATE 1 3"), origin.frames());
    }

    @Test
    void resetsAnOriginThatSendsMoreThanItsCredit() {
        connect(Credit.BY_REQUEST);
        Recorder recorder = new Recorder();
        client.begin(request("GET", WireRequest.NO_BODY, 2), recorder);
        origin.headers(1, H2Frame.END_HEADERS, ":status", "200").frames();
        assertEquals(List.of("RST_STREAM 1 3"), origin.data(1, "abc", 0).frames());
        assertEquals("failed PROTOCOL 3 SOMETHING_CAME", recorder.events.get(recorder.events.size() - 1));
    }

    @Test
    void refusesCreditThatNoWindowHolds() {
        connect(Credit.BY_REQUEST);
        WireExchange exchange = client.begin(request("GET", WireRequest.NO_BODY, 1), new Recorder());
        assertThrows(IllegalArgumentException.class, () -> exchange.giveCredit(Integer.MAX_VALUE));
    }
}
