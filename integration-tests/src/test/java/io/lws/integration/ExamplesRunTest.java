package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.AnyCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example starts, says so in one line, answers, and ends when it is asked to. */
class ExamplesRunTest {
    private static final int BY_SIGINT = 128 + 2;
    private static final int BY_SIGTERM = 128 + 15;

    /** Those that are ready only when told with whom to talk, or that do their work and end: other tests start them. */
    private static final Set<String> NEEDS_A_PEER = Set.of(
            "client-server/minimal-ws-proxy",
            "raw/minimal-raw-adopt-tcp",
            "raw/minimal-raw-adopt-udp",
            "raw/minimal-raw-client",
            "raw/minimal-raw-file",
            "raw/minimal-raw-netcat",
            "raw/minimal-raw-proxy",
            "raw/minimal-raw-proxy-fallback",
            "raw/minimal-raw-serial",
            "raw/minimal-raw-wol",
            "ws-server/minimal-ws-raw-proxy");

    /** Those that serve as they are: no clients, no windows, no tests of themselves. */
    static List<String> servers() {
        return examples().stream()
                .filter(name -> !name.matches(".*-client/.*|(gtk|api-tests)/.*"))
                .filter(name -> !NEEDS_A_PEER.contains(name))
                .toList();
    }

    /** All that this JDK can build. */
    static List<String> examples() {
        Path root = Program.ROOT.resolve("minimal-examples");
        try (Stream<Path> all = Files.walk(root, 2)) {
            return all.filter(module -> Files.isDirectory(module.resolve("src"))
                            && Files.isDirectory(module.resolve("target/classes")))
                    .map(module -> root.relativize(module).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each is ended once, every other one by the other signal. */
    static Stream<Arguments> examplesAndSignals() {
        List<String> servers = servers();
        return IntStream.range(0, servers.size())
                .mapToObj(i -> i % 2 == 0
                        ? Arguments.of(servers.get(i), "INT", BY_SIGINT)
                        : Arguments.of(servers.get(i), "TERM", BY_SIGTERM));
    }

    @ParameterizedTest
    @MethodSource("examplesAndSignals")
    void startsAnswersAndEnds(String name, String signal, int status) throws Exception {
        try (Program example = Program.example(name)) {
            Matcher ready = example.awaitLine("^ready (\\w+)://localhost:(\\d+).*$");
            int port = Integer.parseInt(ready.group(2));
            if (name.equals("raw/minimal-raw-vhost")) {
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
        try (SSLSocket socket = (SSLSocket)
                AnyCertificate.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
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
