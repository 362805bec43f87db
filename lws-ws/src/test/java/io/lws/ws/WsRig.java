package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.http.h1.H1Role;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.testing.LeakCheck;
import io.lws.testing.LoopRunner;
import io.lws.testing.MemoryTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server without a socket, driven turn by turn, with one client: a vhost that speaks {@code chat} by {@link #protocol},
 * the HTTP role, and the wire in the test's hands. After each test nothing may be left of the connection.
 */
final class WsRig implements AfterEachCallback {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final Duration LINGER = Duration.ofSeconds(2);

    final RecordingWs protocol = new RecordingWs();
    final Limits limits = Limits.builder()
            .lingerTimeout(LINGER)
            .rxStopBytes(1_000)
            .turnBytes(50_000)
            .build();
    final LoopRunner loop = new LoopRunner(limits);
    final MemoryTransport near = MemoryTransport.pair();
    final MemoryTransport far = near.peer();
    private final List<Context> contexts = new ArrayList<>();
    private final Frames.Recorder wire = new Frames.Recorder(WsSide.CLIENT, WsLimits.defaults(), 0);
    private byte[] kept = {};
    private UnaryOperator<Vhost.Builder> vhostSettings = vhost -> vhost;

    /** Further settings of the vhost. */
    WsRig vhost(UnaryOperator<Vhost.Builder> settings) {
        vhostSettings = settings;
        return this;
    }

    WsRig limits(WsLimits value) {
        return vhost(vhost -> vhost.option(value));
    }

    // ---- the opening

    Connection connect() {
        Vhost vhost = vhostSettings
                .apply(Vhost.builder("localhost").protocol("chat", (owner, options) -> protocol))
                .build();
        contexts.add(Context.builder().vhost(vhost).build());
        VhostGroup group = new VhostGroup(List.of(vhost));
        return loop.open(near, connection -> new H1Role().accept(connection, group));
    }

    static String request(String path, String... fields) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    /** The request of a client that does everything right, and what it adds. */
    static String upgrade(String path, String... more) {
        List<String> fields = new ArrayList<>(List.of(
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: " + KEY, "Sec-WebSocket-Version: 13"));
        fields.addAll(Arrays.asList(more));
        return request(path, fields.toArray(String[]::new));
    }

    /** Sends a request and gives the head of the answer. */
    String ask(String request) {
        far.send(request);
        loop.settle();
        return head();
    }

    /** The head of an answer; what comes behind it is for {@link #sent}. */
    String head() {
        String all = far.receivedText();
        int end = all.indexOf("\r\n\r\n");
        assertTrue(end >= 0, all);
        kept = all.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return all.substring(0, end + 2);
    }

    /** Connects and upgrades; then forgets what the protocol was told so far. */
    WsSession<RecordingWs.Pss> open() {
        connect();
        String head = ask(upgrade("/", "Sec-WebSocket-Protocol: chat"));
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertEvents("upgrade /", "established");
        return protocol.ws();
    }

    // ---- the wire

    /** Client frames, each as a picture: {@code text}, or what {@link Frames} makes. */
    WsRig send(byte[]... frames) {
        far.send(Frames.join(frames));
        loop.settle();
        return this;
    }

    static byte[] text(String text) {
        return Frames.masked(0x81, text);
    }

    static byte[] ping(String payload) {
        return Frames.masked(0x89, payload);
    }

    static byte[] close(int code, String reason) {
        byte[] utf8 = Frames.utf8(reason);
        return Frames.masked(
                0x88,
                ByteBuffer.allocate(2 + utf8.length)
                        .putShort((short) code)
                        .put(utf8)
                        .array());
    }

    /** The frames the server has sent since the last call, as {@link Frames.Recorder} names them. */
    List<String> sent() {
        byte[] bytes = Frames.join(kept, far.received());
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<String> frames = new ArrayList<>();
        wire.feed(in, frames);
        kept = Arrays.copyOfRange(bytes, in.position(), bytes.length);
        return frames.stream().map(String::strip).toList();
    }

    void assertSent(String... frames) {
        assertEquals(List.of(frames), sent(), "on the wire");
    }

    /** What the protocol was told since the last call. */
    void assertEvents(String... expected) {
        List<String> seen = List.copyOf(protocol.events);
        protocol.events.clear();
        assertEquals(List.of(expected), seen, "callbacks");
    }

    /** The server has ended its output and waits for ours to end: it has closed the TCP connection. */
    void assertServerClosed() {
        assertTrue(far.sawFin(), "no FIN from the server");
        far.fin();
        loop.settle();
        assertTrue(near.isClosed());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (!near.isClosed()) {
            loop.net().cut(CloseInfo.local(0, "end of the test"));
            loop.settle();
        }
        contexts.forEach(Context::close);
        if (test.getExecutionException().isEmpty()) {
            LeakCheck.assertNothingLeft(loop);
            long ends = protocol.events.stream()
                    .filter(line -> line.startsWith("closed"))
                    .count();
            assertTrue(ends <= 1, "told of the end " + ends + " times");
        }
    }
}
