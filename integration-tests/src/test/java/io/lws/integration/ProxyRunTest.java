package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.http.client.HttpTimings;
import io.lws.http.client.RequestBody;
import io.lws.testing.Peer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reverse proxy as a process of its own, with a heap that would not hold a tenth of what is under way if it kept it:
 * between a client of a hundred connections and nginx, or our own server. All the while others read nothing of an answer
 * that does not end, or send content that nobody reads.
 */
@Timeout(900)
class ProxyRunTest {
    private static final int CONNECTIONS = 100;
    private static final int LONG_REQUESTS = 10_000;
    private static final int LONG_BYTES = 8 << 20;
    private static final int SHORT_REQUESTS = 200;
    private static final int SHORT_BYTES = 1 << 20;
    private static final int STALLED = 5;
    private static final int PATIENCE_S = 120;
    private static final long MAX_RESIDENT_KB = 400 << 10;
    private static final byte[] BYTES = random(LONG_BYTES + (1 << 16));

    @TempDir
    Path directory;

    private final Random random = new Random(7);
    private final List<SocketChannel> stalled = new ArrayList<>();
    private Context context;
    private HttpClient client;
    private long newConnections;
    private long carriedBytes;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void makeClient() {
        Vhost own = Vhost.builder("client").build();
        context = Context.builder().vhost(own).build().start();
        client = HttpClient.builder(own)
                .limits(HttpClientLimits.builder()
                        .connectionsPerOrigin(CONNECTIONS)
                        .idlePerOrigin(CONNECTIONS)
                        .build())
                .build();
    }

    @AfterEach
    void close() throws IOException {
        closeStalled();
        client.close();
        context.close();
    }

    private static Program proxyTo(String origin) {
        Path module = Program.ROOT.resolve("minimal-examples/http-server/minimal-http-server-proxy");
        return Program.exampleWith(List.of("-Xmx96m", "-XX:+UseSerialGC"), module, "-p", "0", origin);
    }

    // ---- what is asked

    /** What is sent, or expected: a piece of {@link #BYTES}. */
    private record Piece(int number, int offset, int length) {
        byte[] bytes() {
            return Arrays.copyOfRange(BYTES, offset, offset + length);
        }

        String sum() {
            MessageDigest digest = StoreOrigin.sha256();
            digest.update(BYTES, offset, length);
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** Lengths are spread evenly over their logarithm, and the shortest and the longest are among them. */
    private List<Piece> pieces(int round, int maxBytes) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int length = (int) Math.pow(maxBytes + 1.0, random.nextDouble()) - 1;
            length = i == 0 ? 0 : i == 1 ? maxBytes : length;
            int offset = random.nextInt(BYTES.length - length + 1);
            pieces.add(new Piece(round * CONNECTIONS + i, offset, length));
        }
        return pieces;
    }

    /** What came of a request; content is summed up as it comes, not kept. */
    private record Answer(int status, String sum, String field, HttpTimings timings) {}

    private static final class Taker implements HttpClientProtocol<Void> {
        final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final MessageDigest digest = StoreOrigin.sha256();

        @Override
        public void onResponse(HttpExchange<Void> http) {}

        @Override
        public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
            digest.update(rx);
        }

        @Override
        public void onComplete(HttpExchange<Void> http, Headers trailers) {
            String sum = HexFormat.of().formatHex(digest.digest());
            String field = String.valueOf(http.response().header("x-sum"));
            answer.complete(new Answer(http.response().status(), sum, field, http.timings()));
        }

        @Override
        public void onClosed(HttpExchange<Void> http, CloseInfo info) {
            answer.completeExceptionally(new IOException(info.toString(), info.cause()));
        }
    }

    private CompletableFuture<Answer> ask(ClientRequest request) {
        Taker taker = new Taker();
        client.exchange(request, taker);
        return taker.answer;
    }

    private Answer await(CompletableFuture<Answer> answer) throws Exception {
        Answer came = answer.get(PATIENCE_S, TimeUnit.SECONDS);
        newConnections += came.timings().connection() == HttpTimings.Source.NEW ? 1 : 0;
        return came;
    }

    // ---- who stalls

    private void stall(int port, String head) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.socket().setReceiveBufferSize(1 << 14);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(StandardCharsets.US_ASCII.encode(head));
        channel.configureBlocking(false);
        stalled.add(channel);
    }

    /** Anew, as those who stall for long are cut off. */
    private void stallAgain(int port, boolean ours) throws IOException {
        closeStalled();
        for (int i = 0; i < STALLED; i++) {
            stall(port, "GET /endless HTTP/1.1\r\nHost: a\r\n\r\n");
            if (ours) {
                stall(port, "POST /hold HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
            }
        }
    }

    /** Sends as much as is taken, to all that is read as content. One that has been cut off by now takes none. */
    private void pushOn() {
        for (int i = 1; i < stalled.size(); i += 2) {
            ByteBuffer more = ByteBuffer.wrap(BYTES);
            try {
                while (more.hasRemaining() && stalled.get(i).write(more) > 0) {}
            } catch (IOException e) {
                continue;
            }
        }
    }

    private void closeStalled() throws IOException {
        for (SocketChannel each : stalled) {
            each.close();
        }
        stalled.clear();
    }

    private void report(String what, int requests, long beganNs, Program proxy) throws IOException {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs);
        long peakKb = residentPeakKb(proxy);
        System.out.printf(
                Locale.ROOT,
                "proxy run, %s: %d requests, %d MiB, %d new connections, %d s, proxy's peak %d MiB%n",
                what,
                requests,
                carriedBytes >> 20,
                newConnections,
                seconds,
                peakKb >> 10);
        assertTrue(peakKb < MAX_RESIDENT_KB, peakKb + " KiB resident");
        assertTrue(newConnections <= CONNECTIONS + requests / 100, newConnections + " connections");
    }

    private static long residentPeakKb(Program proxy) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + proxy.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    // ---- our own server behind it

    private void carryToOurselves(int requests, int maxBytes) throws Exception {
        long beganNs = System.nanoTime();
        try (StoreOrigin origin = new StoreOrigin(BYTES);
                Program proxy = proxyTo(origin.url())) {
            int port = proxy.awaitPort();
            for (int round = 0; round < requests / CONNECTIONS; round++) {
                if (round % 10 == 0) {
                    stallAgain(port, true);
                }
                pushOn();
                List<Piece> pieces = pieces(round, maxBytes);
                List<CompletableFuture<Answer>> answers = new ArrayList<>();
                for (Piece piece : pieces) {
                    ClientRequest.Builder post = ClientRequest.builder(HttpMethod.POST, url(port, piece))
                            .header("X-Offset", Integer.toString(piece.offset))
                            .body(RequestBody.bytes("a/b", piece.bytes()));
                    answers.add(ask(post.build()));
                }
                for (int i = 0; i < pieces.size(); i++) {
                    Piece piece = pieces.get(i);
                    Answer answer = await(answers.get(i));
                    assertEquals(piece.sum(), answer.field(), () -> piece + " on its way up");
                    assertEquals(piece.sum(), answer.sum(), () -> piece + " on its way down");
                    carriedBytes += 2L * piece.length;
                }
            }
            long keptBytes = origin.endlessBytes() / (STALLED * (1 + requests / CONNECTIONS / 10));
            assertTrue(keptBytes < 32 << 20, keptBytes + " bytes went to a reader that stalls");
            report("own server", requests, beganNs, proxy);
        }
    }

    private static String url(int port, Piece piece) {
        return "http://127.0.0.1:" + port + "/" + piece.number;
    }

    @Test
    void carriesContentToOurselvesAndBack() throws Exception {
        carryToOurselves(SHORT_REQUESTS, SHORT_BYTES);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void carriesTenThousandRequestsToOurselves() throws Exception {
        carryToOurselves(LONG_REQUESTS, LONG_BYTES);
    }

    // ---- nginx behind it

    private Program nginx(int port) throws IOException {
        Path root = Files.createDirectory(directory.resolve("files"));
        try (var endless = new RandomAccessFile(root.resolve("endless").toFile(), "rw")) {
            endless.setLength(1L << 30);
        }
        return Nginx.start(directory, port, """
                client_max_body_size 0;
                keepalive_requests 1000000;
                server {
                  listen 127.0.0.1:%2$s;
                  location / { root %1$s/files; dav_methods PUT; }
                }
                """.formatted(directory, port));
    }

    private void carryToNginx(int requests, int maxBytes) throws Exception {
        Peer.NGINX.require();
        int origin = Ports.free();
        long beganNs = System.nanoTime();
        try (Program nginx = nginx(origin);
                Program proxy = proxyTo("http://127.0.0.1:" + origin)) {
            int port = proxy.awaitPort();
            for (int round = 0; round < requests / CONNECTIONS / 2; round++) {
                if (round % 10 == 0) {
                    stallAgain(port, false);
                }
                storeAndFetch(port, pieces(round % 5, maxBytes), nginx);
            }
            report("nginx", requests, beganNs, proxy);
        }
    }

    private void storeAndFetch(int port, List<Piece> pieces, Program nginx) throws Exception {
        List<CompletableFuture<Answer>> puts = pieces.stream()
                .map(piece -> ask(ClientRequest.builder(HttpMethod.PUT, url(port, piece))
                        .body(RequestBody.bytes("a/b", piece.bytes()))
                        .build()))
                .toList();
        for (CompletableFuture<Answer> put : puts) {
            int status = await(put).status();
            assertTrue(status == 201 || status == 204, () -> status + "\n" + nginx.output());
        }
        List<CompletableFuture<Answer>> gets = pieces.stream()
                .map(piece -> ask(ClientRequest.get(url(port, piece))))
                .toList();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            assertEquals(piece.sum(), await(gets.get(i)).sum(), piece::toString);
            carriedBytes += 2L * piece.length;
        }
    }

    @Test
    void carriesContentToNginxAndBack() throws Exception {
        carryToNginx(SHORT_REQUESTS, SHORT_BYTES);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void carriesTenThousandRequestsToNginx() throws Exception {
        carryToNginx(LONG_REQUESTS, LONG_BYTES);
    }
}
