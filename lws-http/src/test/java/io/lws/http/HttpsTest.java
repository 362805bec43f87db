package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.AnyCertificate;
import io.lws.testing.LeakCheck;
import io.lws.testing.Peer;
import io.lws.tls.ClientAuth;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.PlainText;
import io.lws.tls.TlsConfig;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Https before curl, and what becomes of plain http on its port. */
class HttpsTest {
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain");

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    @TempDir
    Path directory;

    private Context context;

    /** Answers with what TLS agreed on, {@code size} times over. */
    private static final class TellingProtocol implements HttpProtocol<Void> {
        TellingProtocol(Vhost vhost, ProtocolOptions options) {}

        @Override
        public void onRequest(HttpTransaction<Void> http) {
            TlsInfo tls = http.tls();
            String text = tls == null ? "plain" : tls.protocol() + " " + tls.alpn();
            int size = Integer.parseInt("0" + http.request().path().substring(1));
            http.respond(200, TEXT, text.repeat(Math.max(1, size)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @AfterEach
    void close() {
        context.close();
    }

    private int serve(PlainText plain, Mount... mounts) {
        Vhost.Builder vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsConfig.builder()
                        .key(DevelopmentCertificate.localhost())
                        .plainText(plain)
                        .strictTransport(Duration.ofDays(1))
                        .build())
                .protocol("telling", TellingProtocol::new);
        Arrays.stream(mounts).forEach(vhost::mount);
        Vhost built = vhost.build();
        context = leaks.watch(Context.builder().vhost(built).build()).start();
        return built.port();
    }

    private static String curl(String... arguments) throws Exception {
        Peer.CURL.require();
        List<String> command = Stream.concat(
                        Stream.of("curl", "-sk", "--max-time", "20", "--noproxy", "*"), Arrays.stream(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    void answersCurl(String version) throws Exception {
        int port = serve(PlainText.REFUSE);
        String url = "https://localhost:" + port + "/";
        String expected = "TLSv" + version + " h2";
        assertEquals(expected, curl("--tlsv" + version, "--tls-max", version, url));
        assertEquals("TLSv" + version + " http/1.1", curl("--http1.1", "--tls-max", version, url));
        assertEquals("TLSv" + version + " null", curl("--no-alpn", "--tls-max", version, url));
        assertEquals(expected.repeat(3), curl("--tls-max", version, url, url, url));
        assertEquals(expected.repeat(60_000), curl("--tls-max", version, url + "60000"));
        String head = curl("-I", "--http1.1", "--tls-max", version, url);
        assertTrue(head.contains("\r\nStrict-Transport-Security: max-age=86400\r\n"), head);
    }

    @Test
    void sendsFiles() throws Exception {
        byte[] content = new byte[3 << 20];
        Arrays.fill(content, (byte) 'f');
        Files.write(directory.resolve("large"), content);
        int port = serve(PlainText.REFUSE, Mount.files("/", directory));
        assertEquals(
                content.length, curl("https://localhost:" + port + "/large").length());
    }

    /** The time for the first request runs from the handshake. */
    @Test
    void closesAConnectionOnWhichNothingIsAsked() throws Exception {
        HttpLimits limits =
                HttpLimits.builder().headerTimeout(Duration.ofMillis(100)).build();
        Vhost vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsConfig.builder().key(DevelopmentCertificate.localhost()).build())
                .option(limits)
                .protocol("telling", TellingProtocol::new)
                .build();
        context = leaks.watch(Context.builder().vhost(vhost).build()).start();
        try (SSLSocket socket = (SSLSocket) AnyCertificate.context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), vhost.port())) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    /** A vhost that asks for client certificates is not to be had by way of one that does not. */
    @ParameterizedTest
    @ValueSource(strings = {"open.example", "twin.example", "closed.example", "nobody.example"})
    void sendsAwayWhoAsksForAVhostThatAdmitsOthers(String host) throws Exception {
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TlsConfig open =
                TlsConfig.builder().key(DevelopmentCertificate.localhost()).build();
        TlsConfig closed = TlsConfig.builder()
                .key(DevelopmentCertificate.localhost())
                .clientAuth(ClientAuth.REQUIRED)
                .clientCa(DevelopmentCertificate.localhost().leaf())
                .build();
        Context.Builder builder = Context.builder();
        for (String name : List.of("open.example", "twin.example", "closed.example")) {
            builder.vhost(Vhost.builder(name)
                    .listen(anywhere)
                    .tls(name.startsWith("closed") ? closed : open)
                    .protocol("naming", NamingProtocol::new)
                    .build());
        }
        context = leaks.watch(builder.build()).start();
        int port = context.vhosts().get(0).port();
        String answer = curl(
                "-w",
                " %{http_code}",
                "--resolve",
                "open.example:" + port + ":127.0.0.1",
                "-H",
                "Host: " + host,
                "https://open.example:" + port + "/");
        switch (host) {
            case "closed.example" -> assertTrue(answer.endsWith(" 421"), answer);
            case "twin.example" -> assertEquals("twin.example 200", answer);
            default -> assertEquals("open.example 200", answer);
        }
    }

    /** Answers with the vhost's name. */
    private static final class NamingProtocol implements HttpProtocol<Void> {
        private final String name;

        NamingProtocol(Vhost vhost, ProtocolOptions options) {
            name = vhost.name();
        }

        @Override
        public void onRequest(HttpTransaction<Void> http) {
            http.respond(200, TEXT, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** What a server says to a request in plain text, to the end of stream. */
    private static String plain(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** To a ClientHello a port of plain http says 400 at once, and no more. */
    @Test
    void refusesTlsOnAPlainPort() throws Exception {
        Vhost vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .protocol("telling", TellingProtocol::new)
                .build();
        context = leaks.watch(Context.builder().vhost(vhost).build()).start();
        String answer = plain(vhost.port(), "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u007c\u0003\u0003");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void refusesPlainHttp() throws IOException {
        int port = serve(PlainText.REFUSE);
        String answer = plain(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void redirectsPlainHttp() throws IOException {
        int port = serve(PlainText.REDIRECT);
        String answer = plain(port, "GET /a%20b?c=d HTTP/1.1\r\nHost: localhost:99\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 308 "), answer);
        assertTrue(answer.contains("\r\nLocation: https://localhost:99/a%20b?c=d\r\n"), answer);
        assertTrue(!answer.contains("Strict-Transport-Security"), answer);
        String nameless = plain(port, "GET / HTTP/1.0\r\n\r\n");
        assertTrue(nameless.startsWith("HTTP/1.1 400 "), nameless);
    }

    @Test
    void servesPlainHttpWhereAllowed() throws IOException {
        int port = serve(PlainText.ALLOW);
        String answer = plain(port, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(answer.endsWith("\r\n\r\nplain"), answer);
        assertTrue(!answer.contains("Strict-Transport-Security"), answer);
    }
}
