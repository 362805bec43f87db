package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ws examples that take two to show what they do. */
class WsExamplesTest {
    /** Servers that answer nobody by themselves. */
    static final Set<String> DOES_NOT_ANSWER = Set.of("ws-server/minimal-ws-broker", "ws-server/minimal-ws-raw-proxy");

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static void assertEnds(Program client, String lastLine) {
        try (client) {
            assertEquals(0, client.awaitExit(PATIENCE), client::output);
            assertTrue(client.output().matches("(?s).*" + lastLine), client::output);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spam, 40, '40 connections in [0-9]+ ms, 0 failed'",
        "spam-tx-rx, 5, '5 clients have received 5000 messages'",
        "pmd-bulk, 4, '4194304 bytes came back, the same'"
    })
    void callsTheEcho(String client, String count, String says) {
        try (Program server = Program.example("ws-server/minimal-ws-server-echo")) {
            assertEnds(Program.example("ws-client/minimal-ws-client-" + client, server.awaitPort(), "-n", count), says);
        }
    }

    @Test
    void publishesThroughTheBroker() {
        try (Program broker = Program.example("ws-server/minimal-ws-broker")) {
            int port = broker.awaitPort();
            try (Program rx = Program.example("ws-client/minimal-ws-client-rx", port, "-n", "4")) {
                // whoever comes late misses what was published before: it goes on until all have come
                for (int i = 0; i < 20 && rx.isAlive(); i++) {
                    assertEnds(Program.example("ws-client/minimal-ws-client-tx", port, "-n", "4"), "sent 8, lost 0");
                }
                assertEnds(rx, "received 4 messages, [0-9]+ bytes");
            }
        }
    }

    @Test
    void watchesTheFeedItShips() {
        try (Program feed = Program.example("ws-client/minimal-ws-client-binance", 0, "feed")) {
            int port = feed.awaitPort();
            assertEnds(
                    Program.example("ws-client/minimal-ws-client-binance", port, "-n", "1"),
                    "connected\n[1-9][0-9]* trades, [0-9]+ bytes, age [0-9]+ us, at most [0-9]+");
        }
    }

    @Test
    void passesOnWhatComesFromElsewhere() {
        try (Program elsewhere = Program.example("ws-server/minimal-ws-server-threads");
                Program proxy = Program.example(
                        "client-server/minimal-ws-proxy", "ws://127.0.0.1:" + elsewhere.awaitPort() + "/")) {
            int port = proxy.awaitPort();
            proxy.awaitLine("^connected$");
            assertEnds(
                    Program.example("ws-client/minimal-ws-client-rx", port, "-n", "3"),
                    "received 3 messages, [0-9]+ bytes");
        }
    }

    @Test
    void joinsWebSocketsWithTcp() throws Exception {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program proxy = Program.example(
                        "ws-server/minimal-ws-raw-proxy", "127.0.0.1", Integer.toString(tcp.getLocalPort()))) {
            Thread echo = new Thread(() -> echo(tcp));
            echo.setDaemon(true);
            echo.start();
            StringBuilder heard = new StringBuilder();
            CompletableFuture<String> all = new CompletableFuture<>();
            WebSocket ws = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + proxy.awaitPort() + "/"), new WebSocket.Listener() {
                        @Override
                        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
                            heard.append(StandardCharsets.US_ASCII.decode(data));
                            if (heard.length() == 300_005) {
                                all.complete(heard.toString());
                            }
                            from.request(1);
                            return null;
                        }
                    })
                    .join();
            String text = "x".repeat(300_000);
            ws.sendText("hello", true).join();
            ws.sendText(text, true).join();
            assertEquals("hello" + text, all.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            ws.abort();
        }
    }

    private static void echo(ServerSocket tcp) {
        try (Socket one = tcp.accept()) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException e) {
            // the test has ended
            return;
        }
    }
}
