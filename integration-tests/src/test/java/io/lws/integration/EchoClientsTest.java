package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.enums.Opcode;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that others have written, against the echo example as a user starts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EchoClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SUBPROTOCOL = "lws-minimal-server-echo";

    private final Program server = Program.example("ws-server/minimal-ws-server-echo");
    private URI uri = URI.create("ws://localhost");

    @BeforeAll
    void awaitServer() {
        uri = URI.create("ws://localhost:" + server.awaitPort() + "/");
    }

    @AfterAll
    void endServer() {
        try (server) {
            assertEquals(128 + 15, server.end("TERM"), server::output);
            assertTrue(!server.output().contains("SEVERE"), server::output);
        }
    }

    /** A message as it came back, or how the session closed. */
    private record Came(String kind, byte[] payload) {
        static Came text(String text) {
            return new Came("TEXT", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final LinkedBlockingQueue<Came> inbox = new LinkedBlockingQueue<>();

    private void assertEchoed(EchoedMessages row) throws InterruptedException {
        Came came = inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(
                row.kind.name(), Objects.requireNonNull(came, "nothing came").kind());
        assertEquals(row.payload(), ByteBuffer.wrap(came.payload()));
    }

    // ---- the JDK's client

    private final class JdkListener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                inbox.add(Came.text(text.toString()));
                text.setLength(0);
            }
            ws.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket ws, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                inbox.add(new Came("BINARY", binary.toByteArray()));
                binary.reset();
            }
            ws.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
            inbox.add(new Came("CLOSE " + code, new byte[0]));
            return null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void jdkHttpClient(EchoedMessages row) throws InterruptedException {
        WebSocket ws = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(PATIENCE)
                .buildAsync(uri, new JdkListener())
                .join();
        assertEquals(SUBPROTOCOL, ws.getSubprotocol());
        List<ByteBuffer> fragments = row.fragments();
        for (int i = 0; i < fragments.size(); i++) {
            boolean last = i == fragments.size() - 1;
            if (row.kind == EchoedMessages.Kind.TEXT) {
                ws.sendText(StandardCharsets.UTF_8.decode(fragments.get(i).duplicate()), last)
                        .join();
            } else {
                ws.sendBinary(fragments.get(i).duplicate(), last).join();
            }
        }
        assertEchoed(row);
        ws.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
        Came closed = inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals("CLOSE 1000", Objects.requireNonNull(closed).kind());
    }

    // ---- Java-WebSocket

    private final class OtherClient extends WebSocketClient {
        OtherClient(URI server) {
            super(server);
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            inbox.add(Came.text(message));
        }

        @Override
        public void onMessage(ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            inbox.add(new Came("BINARY", copy));
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {
            inbox.add(new Came("CLOSE " + code, new byte[0]));
        }

        @Override
        public void onError(Exception e) {
            inbox.add(new Came("ERROR " + e, new byte[0]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void javaWebSocket(EchoedMessages row) throws InterruptedException {
        OtherClient ws = new OtherClient(uri);
        assertTrue(ws.connectBlocking(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        List<ByteBuffer> fragments = row.fragments();
        Opcode opcode = row.kind == EchoedMessages.Kind.TEXT ? Opcode.TEXT : Opcode.BINARY;
        for (int i = 0; i < fragments.size(); i++) {
            ws.sendFragmentedFrame(opcode, fragments.get(i).duplicate(), i == fragments.size() - 1);
        }
        assertEchoed(row);
        ws.closeBlocking();
        Came closed = inbox.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals("CLOSE 1000", Objects.requireNonNull(closed).kind());
    }

    // ---- node and Python, each with a script that has the same rows

    private void assertScriptPasses(List<String> command, Map<String, String> environment) {
        try (Program script = Program.start(command, environment, null)) {
            assertEquals(0, script.awaitExit(PATIENCE), script::output);
            assertTrue(script.output().contains("echoed 8 messages, closed 1000"), script::output);
        }
    }

    private static Path script(Path directory, String name) throws IOException {
        Path script = directory.resolve(name);
        try (var source = Objects.requireNonNull(EchoClientsTest.class.getResourceAsStream(name), name)) {
            Files.copy(source, script);
        }
        return script;
    }

    @Test
    void nodeWs(@TempDir Path directory) throws IOException {
        Peer.NODE_WS.require();
        Path script = script(directory, "echo-client.js");
        assertScriptPasses(
                List.of("node", script.toString(), uri.toString()),
                Map.of("NODE_PATH", Peer.nodePath().toString()));
    }

    @Test
    void python3Websockets(@TempDir Path directory) throws IOException {
        Peer.PYTHON3_WEBSOCKETS.require();
        Path script = script(directory, "echo-client.py");
        assertScriptPasses(List.of(Peer.python(), script.toString(), uri.toString()), Map.of());
    }
}
