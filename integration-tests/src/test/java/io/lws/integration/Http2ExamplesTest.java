package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.JavascriptExecutor;

/** The examples that are about HTTP/2, as they are started, and the WebSocket of a browser on a stream. */
@Timeout(120)
class Http2ExamplesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({"ws-h2-pmd, -d", "ws-h2-pmd, -s", "ws-h2-txcredit, -s"})
    void passesItsOwnTest(String name, String option) {
        String[] more = option.equals("-d") ? new String[] {"-d", "debug"} : new String[] {option};
        try (Program example = Program.example("api-tests/" + name, more)) {
            assertEquals(0, example.awaitExit(PATIENCE), example::output);
            // with -d debug a JDK from 21 on says behind it that somebody has called exit
            assertTrue(example.output().lines().anyMatch("PASS"::equals), example::output);
        }
    }

    @Test
    void readsInStepsFromAServerThatSpeaksHttp2Only() throws Exception {
        try (Program server = Program.example("http-server/minimal-http-server", "--h2-prior-knowledge")) {
            int port = server.awaitPort();
            try (Program client = Program.example("http-client/minimal-http-client-h2-rxflow", port, "http", "500")) {
                assertEquals(0, client.awaitExit(PATIENCE), client::output);
                List<String> lines = client.output().lines().toList();
                assertEquals("HTTP/2 200", lines.get(0));
                assertEquals("step 2: 500 bytes, 1000 in all", lines.get(2));
                assertEquals("done", lines.get(lines.size() - 1));
            }
            try (Program client = Program.example("http-client/minimal-http-client", port, "--h2-prior-knowledge")) {
                assertEquals(0, client.awaitExit(PATIENCE), client::output);
                assertTrue(client.output().contains("HTTP/2 200"), client::output);
            }
            try (Program client = Program.example("http-client/minimal-http-client", port)) {
                client.awaitExit(PATIENCE);
                client.awaitLine("^failed: localhost:" + port + ": not a request$");
                // the times of the exchange may well be 200 ms: only a status line would be an answer
                assertTrue(client.output().lines().noneMatch(line -> line.startsWith("HTTP/")), client::output);
            }
        }
    }

    @Test
    void keepsALongPollOpenBesideOtherRequests() throws Exception {
        Peer.NGHTTP2_CLIENT.require();
        try (Program server = Program.example("http-server/minimal-http-server-h2-long-poll", "100")) {
            String origin = "http://localhost:" + server.awaitPort();
            List<String> command = List.of("nghttp", "-v", origin + "/longpoll", origin + "/index.html");
            try (Program nghttp = Program.start(command, Map.of(), null)) {
                nghttp.awaitLine("HTTP/2, line 5$");
                assertTrue(nghttp.output().contains("never ends</h1>"), nghttp::output);
                assertTrue(nghttp.isAlive());
            }
        }
    }

    /** A browser puts a WebSocket on the connection that its page came over where the server offers that. */
    @Test
    void carriesTheWebSocketOfABrowserOnAStream(@TempDir Path directory) {
        Peer.CHROMIUM.require();
        try (Program server = Program.example("ws-server/minimal-ws-server-echo", "-s", "-d", "debug");
                Browser browser = Browser.open(directory.resolve("profile"))) {
            String authority = "localhost:" + server.awaitPort();
            browser.driver().get("https://" + authority + "/");
            Object seen = ((JavascriptExecutor) browser.driver()).executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const sent = 'over a stream '.repeat(10000);
                const ws = new WebSocket('wss://' + arguments[0] + '/');
                ws.onopen = () => ws.send(sent);
                ws.onmessage = (message) => done(message.data === sent ? 'same' : 'not the same');
                ws.onerror = () => done('error');
                """, authority);
            assertEquals("same", seen, server::output);
            server.awaitLine("\\[h2\\|\\d+/\\d+\\] upgraded to websocket over HTTP/2");
        }
    }
}
