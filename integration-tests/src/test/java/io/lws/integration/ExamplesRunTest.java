package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example starts, says so in one line, answers, and ends when it is asked to. */
class ExamplesRunTest {
    private static final int BY_SIGINT = 128 + 2;
    private static final int BY_SIGTERM = 128 + 15;

    /** Those that serve; a client's row is in a test of its own. */
    static List<String> servers() {
        return examples().stream().filter(name -> !name.contains("-client/")).toList();
    }

    /** The others are started by the tests of their pages and of their protocols. */
    static List<String> examples() {
        return List.of(
                "http-server/minimal-http-server-dynamic",
                "http-server/minimal-http-server-mtls",
                "http-server/minimal-http-server-multivhost",
                "http-server/minimal-http-server-sni",
                "http-server/minimal-http-server-tls-80",
                "http-server/minimal-http-server-tls-mem",
                "http-server/minimal-http-server-tls",
                "http-server/minimal-http-server",
                "http-server/minimal-listener-handover",
                "http-server/minimal-multi-instance",
                "raw/minimal-raw-vhost",
                "ws-client/minimal-ws-client-echo",
                "ws-client/minimal-ws-client-ping",
                "ws-client/minimal-ws-client",
                "ws-server/minimal-ws-server-echo",
                "ws-server/minimal-ws-server-pmd-bulk",
                "ws-server/minimal-ws-server-ring",
                "ws-server/minimal-ws-server-threads",
                "ws-server/minimal-ws-server");
    }

    static Stream<Arguments> examplesAndSignals() {
        return servers().stream()
                .flatMap(name ->
                        Stream.of(Arguments.of(name, "INT", BY_SIGINT), Arguments.of(name, "TERM", BY_SIGTERM)));
    }

    @ParameterizedTest
    @MethodSource("examplesAndSignals")
    void startsAnswersAndEnds(String name, String signal, int status) throws Exception {
        try (Program example = Program.example(name)) {
            Matcher ready = example.awaitLine("^ready (\\w+)://localhost:(\\d+).*$");
            int port = Integer.parseInt(ready.group(2));
            if (ready.group(1).equals("tcp")) {
                assertEchoesToAll(port);
            } else if (ready.group(1).equals("https")) {
                assertShakesHands(port);
            } else {
                if (Files.isDirectory(
                        Program.ROOT.resolve("minimal-examples").resolve(name).resolve("mount-origin"))) {
                    assertServesAPage(port);
                }
                if (name.startsWith("ws-server/") && !WsExamplesTest.DOES_NOT_ANSWER.contains(name)) {
                    assertOpensWebSockets(port);
                }
            }
            assertEquals(status, example.end(signal), example::output);
            assertFalse(example.output().contains("SEVERE"), example::output);
            assertFalse(example.output().contains("Exception"), example::output);
        }
    }

    private static void assertServesAPage(int port) throws Exception {
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<"), page.body());
    }

    /** What is certified is other tests' concern, and nobody else knows a development certificate. */
    private static void assertShakesHands(int port) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("localhost")));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertTrue(socket.getSession().isValid());
        } catch (SSLHandshakeException e) {
            // an example that knows its names refuses others, as it says
            assertTrue(String.valueOf(e.getMessage()).contains("unrecognized_name"), e::toString);
        }
    }

    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void assertOpensWebSockets(int port) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        WebSocket ws = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        first.complete(data.toString());
                        from.request(1);
                        return null;
                    }
                })
                .join();
        ws.sendText("hello", true).join();
        assertFalse(first.get(10, TimeUnit.SECONDS).isEmpty());
    }

    private static void assertEchoesToAll(int port) throws IOException {
        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), port);
                Socket two = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] said = "to all\n".getBytes(StandardCharsets.US_ASCII);
            one.getOutputStream().write(said);
            assertEquals(
                    "to all\n", new String(one.getInputStream().readNBytes(said.length), StandardCharsets.US_ASCII));
            two.getOutputStream().write(said);
            assertEquals(
                    "to all\n", new String(one.getInputStream().readNBytes(said.length), StandardCharsets.US_ASCII));
        }
    }

    /** Who asks a running example to end does not wait for a peer that does not answer. */
    @Test
    void endsAlsoWithAClientThatDoesNotAnswer() throws Exception {
        try (Program example = Program.example("ws-server/minimal-ws-server-echo");
                Socket silent = new Socket()) {
            silent.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), example.awaitPort()));
            silent.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals('H', silent.getInputStream().read());
            assertEquals(BY_SIGTERM, example.end("TERM"), example::output);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void refusesWhatItDoesNotKnow(String name) {
        try (Program example = Program.example(name, "--no-such-switch")) {
            assertEquals(2, example.awaitExit(Duration.ofSeconds(30)), example::output);
            assertTrue(example.output().contains("--no-such-switch"), example::output);
        }
    }
}
