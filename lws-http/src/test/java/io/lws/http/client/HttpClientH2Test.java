package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpVersion;
import io.lws.http.Mount;
import io.lws.testing.LeakCheck;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 with both ends in one context of two loops, over real sockets. */
class HttpClientH2Test {
    private static final int MANY = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    @TempDir
    Path files;

    private final Set<String> versions = ConcurrentHashMap.newKeySet();
    private final Set<String> peers = ConcurrentHashMap.newKeySet();
    private Context context;
    private Vhost server;
    private HttpClient client;

    /** Plain text by prior knowledge, or TLS by ALPN. */
    enum Way {
        PLAIN,
        TLS
    }

    /** Sends whole content back, and notes by which connection it came. */
    private final class Echo implements HttpProtocol<ByteBuffer> {
        @Override
        public ByteBuffer newPss() {
            return ByteBuffer.allocate(1 << 20);
        }

        @Override
        public void onRequest(HttpTransaction<ByteBuffer> http) {
            versions.add(http.request().version().toString());
            peers.add(String.valueOf(http.remoteAddress()));
        }

        @Override
        public void onBody(HttpTransaction<ByteBuffer> http, ByteBuffer rx) {
            http.pss().put(rx);
        }

        @Override
        public void onBodyComplete(HttpTransaction<ByteBuffer> http) {
            http.respond(200, Headers.EMPTY, http.pss().flip());
        }
    }

    private String serve(Way way, UnaryOperator<HttpClient.Builder> setUp) throws Exception {
        Vhost.Builder vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> new Echo())
                .mount(Mount.callback("/echo", "echo"))
                .mount(Mount.files("/", files));
        if (way == Way.TLS) {
            vhost.option(TlsConfig.development());
        }
        server = vhost.build();
        Vhost asking = Vhost.builder("client").build();
        context = Context.builder().loops(2).vhost(server).vhost(asking).build().start();
        HttpClientLimits limits =
                HttpClientLimits.builder().waitingPerOrigin(2 * MANY).build();
        // what a thousand share one connection for takes its time on a machine with other work
        HttpTimeouts timeouts =
                HttpTimeouts.builder().headers(PATIENCE).idle(PATIENCE).build();
        HttpClient.Builder builder = HttpClient.builder(asking)
                .limits(limits)
                .timeouts(timeouts)
                .versions(way == Way.TLS ? HttpVersions.NEGOTIATED : HttpVersions.HTTP_2)
                .tls(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build());
        client = setUp.apply(builder).build();
        return (way == Way.TLS ? "https" : "http") + "://localhost:" + server.port();
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
            context.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void downloadsAThousandAtOnceOverOneConnection(Way way) throws Exception {
        Random random = new Random(9113);
        byte[][] contents = new byte[8][];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = new byte[random.nextInt(i % 2 == 0 ? 5_000 : 200_000)];
            random.nextBytes(contents[i]);
            Files.write(files.resolve(i + ".bin"), contents[i]);
        }
        String origin = serve(way, builder -> builder);
        List<CompletableFuture<ClientResponse>> all = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            all.add(client.get(origin + "/" + i % contents.length + ".bin"));
        }
        for (int i = 0; i < MANY; i++) {
            ClientResponse response = all.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(200, response.status());
            assertArrayEquals(contents[i % contents.length], response.body());
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void uploadsOverOneConnection(Way way) throws Exception {
        String origin = serve(way, builder -> builder);
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        List<CompletableFuture<ClientResponse>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(client.send(ClientRequest.post(origin + "/echo", RequestBody.bytes("a/b", content))));
        }
        for (CompletableFuture<ClientResponse> each : all) {
            assertArrayEquals(
                    content, each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).body());
        }
        assertEquals(Set.of(HttpVersion.HTTP_2.toString()), versions);
        assertEquals(1, peers.size(), peers.toString());
    }

    @Test
    void takesHttp1WhereTheOriginWantsThat() throws Exception {
        String origin = serve(Way.TLS, builder -> builder.versions(HttpVersions.HTTP_1_1));
        ClientResponse response = client.send(
                        ClientRequest.post(origin + "/echo", RequestBody.text("text/plain", "abc")))
                .get(30, TimeUnit.SECONDS);
        assertEquals("abc", response.text());
        assertNotNull(response.header("content-length"));
        assertEquals(Set.of(HttpVersion.HTTP_1_1.toString()), versions);
    }

    /** Reads in steps of a size of its own, and notes the largest that came between two of them. */
    private static final class Metered implements HttpClientProtocol<Void> {
        static final int STEP_BYTES = 1000;

        final CompletableFuture<String> result = new CompletableFuture<>();
        private int stepBytes;
        private int mostBytes;
        private int allBytes;

        @Override
        public void onResponse(HttpExchange<Void> http) {
            http.giveCredit(STEP_BYTES);
        }

        @Override
        public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
            stepBytes += rx.remaining();
            allBytes += rx.remaining();
            mostBytes = Math.max(mostBytes, stepBytes);
            if (stepBytes == STEP_BYTES) {
                stepBytes = 0;
                http.giveCredit(STEP_BYTES);
            }
        }

        @Override
        public void onClosed(HttpExchange<Void> http, CloseInfo info) {
            result.complete(http.response().status() + ": " + allBytes + " in steps of " + mostBytes);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void readsInStepsOfItsOwn(Way way) throws Exception {
        Files.write(files.resolve("long.bin"), new byte[70_500]);
        Files.createDirectory(files.resolve("below"));
        Files.writeString(files.resolve("below/index.html"), "x".repeat(2 * Metered.STEP_BYTES));
        String origin = serve(way, HttpClient.Builder::creditByRequest);
        Metered plain = new Metered();
        ClientRequest.Builder request = ClientRequest.builder(HttpMethod.GET, origin + "/long.bin");
        client.exchange(request.credit(0).build(), plain);
        assertEquals("200: 70500 in steps of 1000", plain.result.get(30, TimeUnit.SECONDS));
        // a redirect has content of its own, for which nobody gives credit
        Metered redirected = new Metered();
        client.exchange(
                ClientRequest.builder(HttpMethod.GET, origin + "/below")
                        .credit(0)
                        .build(),
                redirected);
        assertEquals("200: 2000 in steps of 1000", redirected.result.get(30, TimeUnit.SECONDS));
        assertEquals(
                2000, client.get(origin + "/below/").get(30, TimeUnit.SECONDS).body().length);
    }

    @Test
    void countsCreditOnlyWhereItWasBuiltTo() throws Exception {
        String origin = serve(Way.PLAIN, builder -> builder);
        ClientRequest request =
                ClientRequest.builder(HttpMethod.GET, origin + "/").credit(1).build();
        assertThrows(IllegalArgumentException.class, () -> client.exchange(request, new Metered()));
        assertThrows(IllegalArgumentException.class, () -> client.send(request));
    }
}
