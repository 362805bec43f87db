package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.CgiOptions;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CGI programs, real ones, through a real server. */
@DisabledOnOs(OS.WINDOWS)
class CgiTest {
    /** A shell has started and written its number down by then, also on a machine with other work. */
    private static final Duration LONG_ENOUGH_TO_BEGIN = Duration.ofSeconds(3);

    @TempDir
    Path temp;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Path bin;
    private Context context;
    private Vhost vhost;

    @BeforeEach
    void makeDirectory() throws IOException {
        bin = Files.createDirectory(temp.resolve("cgi-bin"));
    }

    @AfterEach
    void end() {
        if (context != null) {
            context.close();
        }
    }

    private void script(String name, String... lines) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void serve(UnaryOperator<CgiOptions> options) {
        vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .option(HttpLimits.builder().bodyBytes(64 << 20).build())
                .mount(Mount.cgi("/cgi", bin).cgi(options.apply(CgiOptions.DEFAULT)))
                .build();
        context = Context.builder().vhost(vhost).build().start();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + vhost.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    @Test
    void tellsTheProgramAllAboutTheRequest() throws Exception {
        script("env", "printf 'Content-Type: text/plain\\n\\n'", "env | sort");
        serve(options -> options.environment("EXTRA", "more"));
        HttpRequest request = HttpRequest.newBuilder(uri("/cgi/env/a%20b/c?x=1&y=%20"))
                .header("X-Own", "value")
                .header("Proxy", "http://evil")
                .header("a_b", "ambiguous")
                .build();
        String[] lines = client.send(request, BodyHandlers.ofString()).body().split("\n");
        for (String expected : new String[] {
            "GATEWAY_INTERFACE=CGI/1.1",
            "SERVER_PROTOCOL=HTTP/1.1",
            "SERVER_NAME=localhost",
            "SERVER_PORT=" + vhost.port(),
            "REQUEST_METHOD=GET",
            "SCRIPT_NAME=/cgi/env",
            "PATH_INFO=/a b/c",
            "QUERY_STRING=x=1&y=%20",
            "REQUEST_URI=/cgi/env/a%20b/c?x=1&y=%20",
            "REMOTE_ADDR=127.0.0.1",
            "HTTP_X_OWN=value",
            "EXTRA=more",
        }) {
            assertTrue(java.util.Arrays.asList(lines).contains(expected), expected);
        }
        for (String line : lines) {
            assertFalse(line.startsWith("HTTP_PROXY") || line.startsWith("HTTP_A_B") || line.startsWith("HOME"), line);
        }
    }

    /** The program answers as it reads, so content goes both ways at once: a client that sends all first would wait for ever. */
    @Test
    void streamsContentBothWaysWhateverItsSize() throws Exception {
        script("cat", "printf 'Content-Type: application/octet-stream\\n\\n'", "exec cat");
        serve(options -> options);
        for (int lengthBytes : new int[] {0, 1, 16 << 10, (8 << 20) + 17}) {
            byte[] content = new byte[lengthBytes];
            new Random(lengthBytes).nextBytes(content);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> post(socket, content));
                byte[] wire = socket.getInputStream().readAllBytes();
                sent.get(20, TimeUnit.SECONDS);
                String start = new String(wire, 0, Math.min(wire.length, 4096), StandardCharsets.ISO_8859_1);
                assertTrue(start.startsWith("HTTP/1.1 200 "), start);
                byte[] echoed = java.util.Arrays.copyOfRange(wire, start.indexOf("\r\n\r\n") + 4, wire.length);
                assertEquals(sha256(content), sha256(echoed), () -> lengthBytes + " octets");
            }
        }
    }

    /** As HTTP/1.0, whose answers end with the connection. */
    private static void post(Socket socket, byte[] content) {
        try {
            OutputStream out = socket.getOutputStream();
            String head = "POST /cgi/cat HTTP/1.0\r\nContent-Length: " + content.length + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Status: 404 Not Here\\nContent-Type: text/plain\\n\\nno|404",
                "Content-Type: text/plain\\r\\n\\r\\nfine|200",
                "Location: /elsewhere\\n\\n|302",
                "Status: 204\\n\\n|204",
                "Content-Type: text/plain\\nContent-Length: 4\\n\\nfine|200",
                "no header at all\\n\\n|502",
                "Content-Type: text/plain\\n|502",
                "Status: 99\\nContent-Type: text/plain\\n\\n|502",
                "Status: abc\\nContent-Type: text/plain\\n\\n|502",
                "Content-Length: -1\\nContent-Type: text/plain\\n\\n|502",
                "X-Only: this\\n\\n|502",
                "Bad Name: x\\nContent-Type: text/plain\\n\\n|502",
                "\\n|502",
                "|502",
            })
    void answersWhatTheProgramsHeaderSays(String printed, int status) throws Exception {
        script("say", "printf '" + (printed == null ? "" : printed) + "'");
        serve(options -> options);
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER);
        HttpRequest request = HttpRequest.newBuilder(uri("/cgi/say")).build();
        assertEquals(
                status, builder.build().send(request, BodyHandlers.ofString()).statusCode());
    }

    @ParameterizedTest
    @CsvSource({"/cgi/none, 404", "/cgi/plain, 404", "/cgi/, 404", "/cgi/.hidden, 404", "/cgi/../cgi-bin/x, 404"})
    void startsOnlyProgramsBelowItsDirectory(String path, int status) throws Exception {
        Files.writeString(bin.resolve("plain"), "echo not executable");
        script(".hidden", "printf 'Content-Type: text/plain\\n\\n'");
        serve(options -> options);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 " + status, line);
        }
    }

    @Test
    void killsTheWholeTreeThatTakesTooLong() throws Exception {
        script("slow", "sleep 300 & echo $! > child", "echo $$ > parent", "wait");
        serve(options -> options.timeout(LONG_ENOUGH_TO_BEGIN));
        assertEquals(504, get("/cgi/slow").statusCode());
        assertGone("parent");
        assertGone("child");
    }

    /** Also one whose parent has ended, and which only holds the pipe. */
    @Test
    void killsOrphansToo() throws Exception {
        script("orphan", "sleep 300 & echo $! > child", "printf 'Content-Type: text/plain\\n\\nhi'");
        serve(options -> options.timeout(LONG_ENOUGH_TO_BEGIN));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
            socket.getOutputStream().write("GET /cgi/orphan HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                assertTrue(new String(in.readAllBytes(), StandardCharsets.US_ASCII).endsWith("hi"));
            } catch (IOException e) {
                assertTrue(true, "cut off is right as well");
            }
        }
        assertGone("child");
    }

    @Test
    void killsTheProgramOfAClientThatWent() throws Exception {
        script("endless", "echo $$ > parent", "printf 'Content-Type: text/plain\\n\\n'", "exec cat /dev/zero");
        serve(options -> options);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
            socket.getOutputStream().write("GET /cgi/endless HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals(1 << 20, socket.getInputStream().readNBytes(1 << 20).length);
        }
        assertGone("parent");
    }

    private void assertGone(String pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(bin.resolve(pidFile)).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        long beganNs = System.nanoTime();
        while (process != null && isRunning(process)) {
            assertTrue(System.nanoTime() - beganNs < 20_000_000_000L, () -> pidFile + " still runs: " + process.info());
            try {
                process.onExit().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue; // looked at again
            }
        }
    }

    /**
     * An orphan is not this process's child: where the first process of the machine takes in no orphans, as in some
     * containers, its number stays for ever, with no program behind it.
     */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    @Test
    void refusesMoreProgramsAtATimeThanItMayRun() throws Exception {
        script("wait", "touch started", "printf 'Content-Type: text/plain\\n\\n'", "read line", "echo got $line");
        serve(options -> options.maxProcesses(1));
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
            OutputStream out = first.getOutputStream();
            out.write("POST /cgi/wait HTTP/1.0\r\nContent-Length: 3\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals('H', first.getInputStream().read());
            HttpResponse<String> second = get("/cgi/wait");
            assertEquals(503, second.statusCode());
            assertEquals("5", second.headers().firstValue("retry-after").orElse(""));
            out.write("go\n".getBytes(StandardCharsets.US_ASCII));
            String rest = new String(first.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertTrue(rest.endsWith("got go\n"), rest);
        }
    }

    @Test
    void wantsToKnowTheLengthBeforehand() throws Exception {
        script("cat", "printf 'Content-Type: text/plain\\n\\n'", "exec cat");
        serve(options -> options);
        HttpRequest request = HttpRequest.newBuilder(uri("/cgi/cat"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x")))
                .build();
        assertEquals(411, client.send(request, BodyHandlers.ofString()).statusCode());
    }

    /** What it prints beyond its own Content-Length is cut; what it leaves out shows as an answer cut short. */
    @ParameterizedTest
    @CsvSource({"2, ab", "9, ''"})
    void holdsTheProgramToItsLength(int lengthBytes, String expected) throws Exception {
        script("say", "printf 'Content-Type: text/plain\\nContent-Length: " + lengthBytes + "\\n\\nabcd'");
        serve(options -> options);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), vhost.port())) {
            socket.getOutputStream().write("GET /cgi/say HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String wire;
            try {
                wire = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                wire = "reset";
            }
            assertTrue(expected.isEmpty() ? !wire.endsWith("abcdabcde") : wire.endsWith("\r\n\r\nab"), wire);
        }
    }
}
