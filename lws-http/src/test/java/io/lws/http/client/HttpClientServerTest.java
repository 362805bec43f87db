package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpTimings.Handshake;
import io.lws.http.client.HttpTimings.Source;
import io.lws.net.Proxy;
import io.lws.testing.LeakCheck;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ends in one context of two loops, over real sockets. */
class HttpClientServerTest {
    private static final int MANY = 500;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private Context context;
    private Vhost server;
    private HttpClient client;

    /** Sends content back as it comes, at the client's pace. */
    private static final class Echo implements HttpProtocol<ByteBuffer[]> {
        @Override
        public ByteBuffer[] newPss() {
            return new ByteBuffer[1];
        }

        @Override
        public void onRequest(HttpTransaction<ByteBuffer[]> http) {
            http.start(200, Headers.of("X-Path", http.request().path()), -1);
        }

        @Override
        public void onBody(HttpTransaction<ByteBuffer[]> http, ByteBuffer rx) {
            http.pss()[0] = ByteBuffer.allocate(rx.remaining()).put(rx).flip();
            http.pauseRx();
            http.requestWriteable();
        }

        @Override
        public void onBodyComplete(HttpTransaction<ByteBuffer[]> http) {
            http.pss()[0] = null;
            http.requestWriteable();
        }

        @Override
        public void onWriteable(HttpTransaction<ByteBuffer[]> http, HttpTx tx) {
            ByteBuffer piece = http.pss()[0];
            if (piece == null) {
                tx.finish();
            } else {
                tx.write(piece);
                http.resumeRx();
            }
        }
    }

    @AfterEach
    void close() {
        client.close();
        context.close();
    }

    private void serve(SocketAddress address, UnaryOperator<Vhost.Builder> more) {
        server = more.apply(Vhost.builder("localhost")
                        .listen(address)
                        .option(HttpLimits.builder().bodyBytes(-1).build())
                        .protocol("echo", (host, options) -> new Echo()))
                .build();
        Vhost own = Vhost.builder("client")
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build())
                .build();
        context = leaks.watch(
                Context.builder().vhost(server).vhost(own).loops(2).build().start());
        client = HttpClient.builder(own).build();
    }

    private void serveTcp() {
        serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), vhost -> vhost);
    }

    private void serveTls() {
        serve(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vhost -> vhost.tls(TlsConfig.builder()
                        .key(DevelopmentCertificate.localhost())
                        .build()));
    }

    private String url(String scheme, String path) {
        return scheme + "://localhost:" + server.port() + path;
    }

    private static ClientResponse get(CompletableFuture<ClientResponse> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void asksOverTcp() throws Exception {
        serveTcp();
        ClientResponse response = get(client.get(url("http", "/a")));
        assertEquals(200, response.status());
        assertEquals("/a", response.header("x-path"));
        assertEquals(Source.NEW, response.timings().connection());
        assertTrue(response.timings().connectNs() > 0 && response.timings().firstByteNs() > 0);
        assertEquals(Source.REUSED, get(client.get(url("http", "/b"))).timings().connection());
    }

    @Test
    void carriesBytesBothWays() throws Exception {
        serveTcp();
        for (int length : new int[] {0, 1, 65535, 65536, 1 << 20, 5_000_000}) {
            byte[] bytes = random(length);
            ClientRequest post = ClientRequest.post(url("http", "/"), RequestBody.bytes("a/b", bytes));
            assertArrayEquals(bytes, get(client.send(post)).body(), length + " bytes");
        }
    }

    @Test
    void sendsFiles(@TempDir Path dir) throws Exception {
        serveTcp();
        byte[] bytes = random(3_000_000);
        Path file = Files.write(dir.resolve("f"), bytes);
        ClientRequest put = ClientRequest.builder(HttpMethod.PUT, url("http", "/"))
                .body(RequestBody.file("a/b", file))
                .build();
        assertArrayEquals(bytes, get(client.send(put)).body());
    }

    @Test
    void resumesTlsAndReusesConnections() throws Exception {
        serveTls();
        ClientResponse first = get(client.get(url("https", "/")));
        assertEquals(Handshake.FULL, first.timings().tls());
        assertTrue(first.timings().tlsNs() > 0);
        assertEquals(Source.REUSED, get(client.get(url("https", "/"))).timings().connection());
        HttpClient other = HttpClient.builder(client.vhost()).build();
        assertEquals(
                Handshake.RESUMED, get(other.get(url("https", "/"))).timings().tls());
        byte[] bytes = random(1_000_000);
        ClientRequest post = ClientRequest.post(url("https", "/"), RequestBody.bytes("a/b", bytes));
        assertArrayEquals(bytes, get(other.send(post)).body());
        other.close();
    }

    /** Two layers of TLS, each with its own certificate; and one, where the proxy is handed the request itself. */
    @ParameterizedTest
    @CsvSource({"https, CONNECT", "http, POST"})
    void asksThroughAProxyMetOverTls(String scheme, String asked) throws Exception {
        if (scheme.equals("https")) {
            serveTls();
        } else {
            serveTcp();
        }
        try (TestProxy proxy = new TestProxy(DevelopmentCertificate.localhost())) {
            HttpClient through = HttpClient.builder(client.vhost())
                    .proxy(Proxy.of("https://me:secret@localhost:" + proxy.port()))
                    .build();
            for (int length : new int[] {1, 60_000, 3_000_000}) {
                byte[] bytes = random(length);
                ClientRequest post = ClientRequest.post(url(scheme, "/far"), RequestBody.bytes("a/b", bytes));
                ClientResponse response = get(through.send(post));
                assertArrayEquals(bytes, response.body(), length + " bytes");
                assertEquals("/far", response.header("x-path"));
                Source source = length == 1 ? Source.NEW : Source.REUSED;
                assertEquals(source, response.timings().connection(), length + " bytes");
                assertEquals(length == 1, response.timings().proxyNs() > 0);
            }
            String head = proxy.head();
            assertTrue(head.startsWith(asked + " "), head);
            assertTrue(head.toLowerCase(Locale.ROOT).contains("proxy-authorization: basic bwu6c2vjcmv0"), head);
            through.close();
        }
    }

    @Test
    void refusesAProxyThatIsNotTrusted() throws Exception {
        serveTls();
        try (TestProxy proxy = new TestProxy(DevelopmentCertificate.localhost())) {
            HttpClient strict = HttpClient.builder(client.vhost())
                    .tls(TlsClientConfig.DEFAULT)
                    .proxy(Proxy.of("https://localhost:" + proxy.port()))
                    .build();
            CompletionException thrown = assertThrows(
                    CompletionException.class,
                    () -> strict.get(url("https", "/")).join());
            assertEquals(Reason.PROXY, ((HttpClientException) thrown.getCause()).reason());
            strict.close();
        }
    }

    @Test
    void refusesACertificateThatIsNotTrusted() {
        serveTls();
        HttpClient strict =
                HttpClient.builder(client.vhost()).tls(TlsClientConfig.DEFAULT).build();
        CompletionException thrown = assertThrows(
                CompletionException.class, () -> strict.get(url("https", "/")).join());
        assertEquals(Reason.TLS, ((HttpClientException) thrown.getCause()).reason());
        strict.close();
    }

    @Test
    void asksOverAUnixSocket(@TempDir Path dir) throws Exception {
        Path path = dir.resolve("s");
        serve(UnixDomainSocketAddress.of(path), vhost -> vhost);
        ClientRequest request = ClientRequest.builder(HttpMethod.GET, "http://localhost/u")
                .unixSocket(path)
                .build();
        assertEquals("/u", get(client.send(request)).header("x-path"));
        assertEquals(Source.REUSED, get(client.send(request)).timings().connection());
    }

    @Test
    void failsWhereNobodyListens() {
        // longer than a label of DNS may be: the system asks no server for it, which might take its time
        String noName = "n".repeat(64) + ".invalid";
        serveTcp();
        CompletionException thrown = assertThrows(
                CompletionException.class,
                () -> client.get("http://localhost:1/").join());
        assertEquals(Reason.CONNECT, ((HttpClientException) thrown.getCause()).reason());
        thrown = assertThrows(
                CompletionException.class,
                () -> client.get("http://" + noName + "/").join());
        assertEquals(Reason.DNS, ((HttpClientException) thrown.getCause()).reason());
    }

    @Test
    void carriesManyAtATime() throws Exception {
        serveTcp();
        List<CompletableFuture<ClientResponse>> futures = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            futures.add(client.get(url("http", "/" + i)));
        }
        for (int i = 0; i < MANY; i++) {
            assertEquals("/" + i, get(futures.get(i)).header("x-path"));
        }
    }
}
