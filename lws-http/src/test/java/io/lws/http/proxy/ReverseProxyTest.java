package io.lws.http.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.ClientResponse;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientException;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpTimeouts;
import io.lws.http.client.RequestBody;
import io.lws.testing.LeakCheck;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client, the proxy and its origin, over real sockets; the origin is our own server or a script. */
class ReverseProxyTest {
    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final List<AutoCloseable> open = new ArrayList<>();
    private Vhost front;
    private HttpClient client;

    private static SocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Sends content back as it comes; without any, tells of the request. */
    private static final class Mirror implements HttpProtocol<ByteBuffer[]> {
        static final AtomicLong SENT_BYTES = new AtomicLong();

        @Override
        public ByteBuffer[] newPss() {
            return new ByteBuffer[1];
        }

        @Override
        public void onRequest(HttpTransaction<ByteBuffer[]> http) {
            if (http.request().path().equals("/endless")) {
                http.start(200, Headers.EMPTY, -1);
                http.pss()[0] = ByteBuffer.allocate(1 << 16);
                http.requestWriteable();
            } else if (http.request().contentLength() == 0) {
                http.respond(
                        200,
                        "text/plain",
                        http.request().target().raw() + " " + http.request().authority());
            } else {
                http.start(200, Headers.EMPTY, http.request().contentLength());
            }
        }

        @Override
        public void onBody(HttpTransaction<ByteBuffer[]> http, ByteBuffer rx) {
            http.pss()[0] = ByteBuffer.allocate(rx.remaining()).put(rx).flip();
            http.pauseRx();
            http.requestWriteable();
        }

        @Override
        public void onBodyComplete(HttpTransaction<ByteBuffer[]> http) {
            if (http.isOpen() && http.request().contentLength() != 0) {
                http.pss()[0] = null;
                http.requestWriteable();
            }
        }

        @Override
        public void onWriteable(HttpTransaction<ByteBuffer[]> http, HttpTx tx) {
            ByteBuffer piece = http.pss()[0];
            if (http.request().path().equals("/endless")) {
                while (tx.isReady()) {
                    SENT_BYTES.addAndGet(piece.capacity());
                    tx.write(piece.clear());
                }
                http.requestWriteable();
            } else if (piece == null) {
                tx.finish();
            } else {
                tx.write(piece);
                http.resumeRx();
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private Vhost origin(SocketAddress address, boolean tls) {
        Vhost.Builder builder = Vhost.builder("localhost")
                .listen(address)
                .option(HttpLimits.builder().bodyBytes(-1).build())
                .protocol("mirror", (host, options) -> new Mirror());
        Vhost vhost = (tls
                        ? builder.tls(TlsConfig.builder()
                                .key(DevelopmentCertificate.localhost())
                                .build())
                        : builder)
                .build();
        open.add(leaks.watch(Context.builder().vhost(vhost).build().start()));
        return vhost;
    }

    private void proxy(Mount... mounts) {
        proxy(HttpTimeouts.DEFAULT, mounts);
    }

    private void proxy(HttpTimeouts timeouts, Mount... mounts) {
        TlsClientConfig trusting = TlsClientConfig.builder()
                .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                .build();
        Vhost.Builder builder = Vhost.builder("localhost")
                .listen(anyPort())
                .option(HttpLimits.builder().bodyBytes(-1).build())
                .option(trusting)
                .option(timeouts);
        for (Mount mount : mounts) {
            builder.mount(mount);
        }
        front = builder.build();
        open.add(leaks.watch(Context.builder().vhost(front).loops(2).build().start()));
        Vhost own = Vhost.builder("client").build();
        open.add(leaks.watch(Context.builder().vhost(own).build().start()));
        client = HttpClient.builder(own)
                .limits(HttpClientLimits.builder()
                        .connectionsPerOrigin(100)
                        .waitingPerOrigin(20_000)
                        .build())
                .build();
    }

    private String url(String path) {
        return "http://localhost:" + front.port() + path;
    }

    private ClientResponse get(String path) throws Exception {
        return client.get(url(path)).get(20, TimeUnit.SECONDS);
    }

    private Reason failureOf(String path) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> get(path));
        return ((HttpClientException) thrown.getCause()).reason();
    }

    @Test
    void passesRequestsOn() throws Exception {
        Vhost origin = origin(anyPort(), false);
        proxy(Mount.proxy("/o", "http://localhost:" + origin.port() + "/base"));
        ClientResponse response = get("/o/x?y=%20");
        assertEquals("/base/x?y=%20 localhost:" + origin.port(), response.text());
        assertEquals("1.1 lws", response.header("via"));
        assertEquals(404, get("/elsewhere").status());
    }

    @Test
    void passesRequestsOnOverTlsAndUnixSockets(@TempDir Path dir) throws Exception {
        Vhost tls = origin(anyPort(), true);
        Path socket = dir.resolve("s");
        origin(UnixDomainSocketAddress.of(socket), false);
        proxy(Mount.proxy("/t", "https://localhost:" + tls.port()), Mount.proxy("/u", "unix:" + socket));
        assertTrue(get("/t/x").text().startsWith("/x localhost:"));
        assertEquals("/x localhost", get("/u/x").text());
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        for (String path : List.of("/t/x", "/u/x")) {
            ClientRequest post = ClientRequest.post(url(path), RequestBody.bytes("a/b", bytes));
            assertArrayEquals(bytes, client.send(post).get(20, TimeUnit.SECONDS).body());
        }
    }

    @Test
    void tellsTheOriginWhoAsksAndKeepsHopsApart() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nConnection: x-hop, close\r\n"
                + "X-Hop: 1\r\nX-End: 2\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n")) {
            proxy(Mount.proxy("/", origin.url()));
            ClientRequest request = ClientRequest.builder(HttpMethod.GET, url("/"))
                    .header("X-Forwarded-For", "10.0.0.1")
                    .header("X-Forwarded-Proto", "https")
                    .header("Proxy-Authorization", "Basic x")
                    .header("X-End", "1")
                    .build();
            ClientResponse response = client.send(request).get(20, TimeUnit.SECONDS);
            String head = origin.head();
            String here = "localhost:" + front.port();
            assertTrue(head.contains("\r\nx-forwarded-for: 10.0.0.1, 127.0.0.1\r\n"), head);
            assertTrue(head.contains("\r\nx-forwarded-proto: http\r\n"), head);
            assertTrue(head.contains("\r\nx-forwarded-host: " + here + "\r\n"), head);
            assertTrue(head.contains("\r\nforwarded: for=127.0.0.1;proto=http;host=\"" + here + "\"\r\n"), head);
            assertTrue(head.contains("\r\nx-end: 1\r\n") && !head.contains("roxy-"), head);
            assertEquals("2", response.header("x-end"));
            assertNull(response.header("x-hop"));
            assertNull(response.header("keep-alive"));
        }
    }

    /** RFC 9110 7.6.2: counted for two methods, passed as it is with the others. */
    @ParameterizedTest
    @CsvSource({
        "OPTIONS, 2, 1",
        "OPTIONS, 1, 0",
        "TRACE, 007, 6",
        "OPTIONS, x, x",
        "GET, 0, 0",
        "OPTIONS, 0, status 204",
        "TRACE, 0, status 501"
    })
    void countsHopsWhereTheyAreLimited(String method, String hops, String passed) throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            proxy(Mount.proxy("/", origin.url()));
            ClientRequest request = ClientRequest.builder(HttpMethod.of(method), url("/"))
                    .header("Max-Forwards", hops)
                    .build();
            int status = client.send(request).get(20, TimeUnit.SECONDS).status();
            if (status != 200) {
                assertEquals(passed, "status " + status);
                return;
            }
            String head = origin.head().toLowerCase(Locale.ROOT);
            assertTrue(head.contains("\r\nmax-forwards: " + passed + "\r\n"), head);
        }
    }

    @Test
    void saysInWhichVersionAMessageCame() throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.answering("HTTP/1.0 200 OK\r\nVia: 1.1 far\r\nContent-Length: 0\r\n\r\n")) {
            proxy(Mount.proxy("/", origin.url()));
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / HTTP/1.0\r\nVia: 1.1 near\r\n\r\n");
                String answer = head(socket);
                assertTrue(answer.contains("\r\nVia: 1.1 far, 1.0 lws\r\n"), answer);
            }
            String head = origin.head();
            assertTrue(head.contains("\r\nvia: 1.1 near, 1.0 lws\r\n"), head);
        }
    }

    /** As clients of HTTP/2 send them, in crumbs. */
    @Test
    void passesCookiesOnInOneField() throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")) {
            proxy(Mount.proxy("/", origin.url()));
            ClientRequest request = ClientRequest.builder(HttpMethod.GET, url("/"))
                    .header("Cookie", "a=1")
                    .header("Cookie", "b=2")
                    .build();
            assertEquals(200, client.send(request).get(20, TimeUnit.SECONDS).status());
            String head = origin.head();
            assertTrue(head.contains("\r\ncookie: a=1; b=2\r\n"), head);
            assertEquals(head.indexOf("ookie:"), head.lastIndexOf("ookie:"), head);
        }
    }

    /** Whoever had an HTTP/2 connection to the origin could ask it for what no mount leads to; HTTP/1.0 has no upgrades. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade, HTTP2-Settings",
                "HTTP/1.0\r\nUpgrade: websocket\r\nConnection: Upgrade",
                "HTTP/1.1\r\nUpgrade: websocket",
                "HTTP/1.1\r\nUpgrade: websocket\r\nConnection: no-upgrade"
            })
    void passesNoUpgradeOnThatIsNone(String rest) throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")) {
            proxy(Mount.proxy("/", origin.url()));
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / " + rest + "\r\nHost: a\r\n\r\n");
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("ok"), answer);
            }
            String head = origin.head();
            assertFalse(head.toLowerCase(Locale.ROOT).contains("upgrade"), head);
        }
    }

    @Test
    void translatesRedirects() throws Exception {
        try (ScriptedOrigin origin = new ScriptedOrigin((socket, head) -> ScriptedOrigin.say(
                socket,
                "HTTP/1.1 302 x\r\nConnection: close\r\nContent-Length: 0\r\nLocation: http://localhost:"
                        + socket.getLocalPort() + "/b/next\r\n\r\n"))) {
            proxy(Mount.proxy("/o", origin.url() + "/b"));
            ClientRequest request = ClientRequest.builder(HttpMethod.GET, url("/o/x"))
                    .maxRedirects(0)
                    .build();
            ClientResponse response = client.send(request).get(20, TimeUnit.SECONDS);
            assertEquals(302, response.status());
            assertEquals("/o/next", response.header("location"));
        }
    }

    @Test
    void saysWhoseFaultItWas() throws Exception {
        try (ScriptedOrigin silent = new ScriptedOrigin(
                        (socket, head) -> socket.getInputStream().read());
                ScriptedOrigin garbage = ScriptedOrigin.answering("garbage\r\n\r\n")) {
            HttpTimeouts short2 =
                    HttpTimeouts.builder().headers(Duration.ofMillis(300)).build();
            proxy(Mount.proxy("/none", "http://localhost:1"), Mount.proxy("/garbage", garbage.url()));
            assertEquals(502, get("/none").status());
            assertEquals(502, get("/garbage").status());
            open.add(client);
            proxy(short2, Mount.proxy("/silent", silent.url()));
            assertEquals(504, get("/silent").status());
        }
    }

    @Test
    void cutsAnAnswerThatTheOriginDidNotEnd() throws Exception {
        try (ScriptedOrigin fixed = ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                ScriptedOrigin chunked = ScriptedOrigin.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")) {
            proxy(Mount.proxy("/f", fixed.url()), Mount.proxy("/c", chunked.url()));
            assertEquals(Reason.CONNECTION_LOST, failureOf("/f"));
            assertEquals(Reason.CONNECTION_LOST, failureOf("/c"));
        }
    }

    private static String head(Socket socket) throws Exception {
        return ScriptedOrigin.readHead(socket.getInputStream());
    }

    /** Whether content is wanted is the origin's to say (RFC 9110 10.1.1). */
    @Test
    void asksTheOriginWhetherContentIsWanted() throws Exception {
        try (ScriptedOrigin origin = new ScriptedOrigin((socket, head) -> {
            boolean wanted = head.startsWith("POST /wanted ")
                    && head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue\r\n");
            if (wanted) {
                ScriptedOrigin.say(socket, "HTTP/1.1 100 \r\n\r\n");
                socket.getInputStream().readNBytes(3);
            }
            String status = wanted ? "200" : "413";
            ScriptedOrigin.say(socket, "HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        })) {
            proxy(Mount.proxy("/", origin.url()));
            String fields = " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "POST /wanted" + fields);
                assertEquals("HTTP/1.1 100 Continue\r\n\r\n", head(socket));
                ScriptedOrigin.say(socket, "abc");
                assertTrue(head(socket).startsWith("HTTP/1.1 200 "));
            }
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "POST /unwanted" + fields);
                String refusal = head(socket);
                assertTrue(
                        refusal.startsWith("HTTP/1.1 413 ") && refusal.contains("\r\nConnection: close\r\n"), refusal);
            }
        }
    }

    /** An origin that knows nothing of it gets the content after the time that a client waits. */
    @Test
    void waitsNotForEverForAnOriginThatKnowsNoExpectations() throws Exception {
        try (ScriptedOrigin origin = new ScriptedOrigin((socket, head) -> {
            socket.getInputStream().readNBytes(3);
            ScriptedOrigin.say(socket, "HTTP/1.1 200 x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        })) {
            proxy(Mount.proxy("/", origin.url()));
            ClientRequest post = ClientRequest.builder(HttpMethod.POST, url("/"))
                    .body(RequestBody.bytes("a/b", new byte[] {1, 2, 3}))
                    .expectContinue()
                    .build();
            assertEquals(200, client.send(post).get(20, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void passesOnWhatComesBehindTheContent() throws Exception {
        try (ScriptedOrigin origin = ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 6\r\nDate: today\r\n\r\n")) {
            proxy(Mount.proxy("/", origin.url()));
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(socket, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(answer.contains("\r\nTrailer: X-Sum\r\n"), answer);
                assertTrue(answer.endsWith("\r\n3\r\nabc\r\n0\r\nx-sum: 6\r\n\r\n"), answer);
            }
        }
    }

    @Test
    void passesWebSocketsThrough() throws Exception {
        try (ScriptedOrigin origin = new ScriptedOrigin((socket, head) -> {
            ScriptedOrigin.say(
                    socket, "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-A: b\r\n\r\nhello");
            InputStream in = socket.getInputStream();
            byte[] four = in.readNBytes(4);
            ScriptedOrigin.say(socket, "got " + new String(four, StandardCharsets.ISO_8859_1));
        })) {
            proxy(Mount.proxy("/", origin.url()));
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(
                        socket,
                        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                                + "Sec-WebSocket-Key: k\r\n\r\nping");
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
                assertTrue(answer.contains("\r\nx-a: b\r\n"), answer);
                assertTrue(answer.endsWith("\r\n\r\nhellogot ping"), answer);
                String head = origin.head();
                assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
                assertTrue(head.contains("\r\nsec-websocket-key: k\r\n"), head);
            }
        }
    }

    @Test
    void passesARefusedUpgradeOn() throws Exception {
        try (ScriptedOrigin origin =
                ScriptedOrigin.answering("HTTP/1.1 403 x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno")) {
            proxy(Mount.proxy("/", origin.url()));
            try (Socket socket = new Socket("localhost", front.port())) {
                ScriptedOrigin.say(
                        socket, "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertTrue(answer.startsWith("HTTP/1.1 403 ") && answer.endsWith("no"), answer);
            }
        }
    }

    /** An origin that would send for ever sends no more than the buffers on the way hold. */
    @Test
    void holdsTheOriginBackForAReaderThatStalls() throws Exception {
        Vhost origin = origin(anyPort(), false);
        proxy(Mount.proxy("/", "http://localhost:" + origin.port()));
        Mirror.SENT_BYTES.set(0);
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1 << 14);
            socket.connect(new InetSocketAddress("localhost", front.port()));
            ScriptedOrigin.say(socket, "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(socket.getInputStream().read() > 0);
            long before = -1;
            for (int same = 0; same < 20; ) {
                long now = Mirror.SENT_BYTES.get();
                same = now == before ? same + 1 : 0;
                before = now;
                get("/"); // others are served meanwhile, and each round trip gives the stalled one time
            }
            assertTrue(before < 32 << 20, before + " bytes sent to a reader that stalls");
        }
    }

    @Test
    void carriesManyAtATime() throws Exception {
        Vhost origin = origin(anyPort(), false);
        proxy(Mount.proxy("/", "http://localhost:" + origin.port()));
        boolean all = Boolean.getBoolean("lws.long");
        carry(all ? 10_000 : 400, all ? 8 << 20 : 1 << 18);
    }

    /** Lengths are spread evenly over their logarithm: most are short, some as long as can be. */
    private void carry(int requests, int maxBytes) throws Exception {
        byte[] bytes = new byte[maxBytes];
        new Random(5).nextBytes(bytes);
        Random random = new Random(7);
        List<CompletableFuture<ClientResponse>> answers = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            int length = (int) Math.pow(maxBytes + 1.0, random.nextDouble()) - 1;
            lengths.add(length);
            byte[] body = Arrays.copyOf(bytes, length);
            answers.add(client.send(ClientRequest.post(url("/" + i), RequestBody.bytes("a/b", body))));
            if (i >= 100) {
                check(answers.set(i - 100, null), lengths.get(i - 100), bytes);
            }
        }
        for (int i = Math.max(0, requests - 100); i < requests; i++) {
            check(answers.get(i), lengths.get(i), bytes);
        }
    }

    private static void check(CompletableFuture<ClientResponse> answer, int length, byte[] bytes) throws Exception {
        byte[] came = answer.get(60, TimeUnit.SECONDS).body();
        if (length > 0) {
            assertEquals(length, came.length);
            assertTrue(Arrays.equals(came, 0, length, bytes, 0, length), "bytes changed");
        }
    }
}
