package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Limits;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.testing.LeakCheck;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.KeyMaterial;
import io.lws.tls.PlainText;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import io.lws.tls.TlsException;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw sessions over TLS: from their first byte, and from the middle of a conversation, on both ends. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartTlsTest {
    private static final KeyMaterial KEY = DevelopmentCertificate.localhost();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final Lines server = new Lines();
    private @Nullable Context context;
    private @Nullable Vhost served;

    /** Echoes lines; {@code STARTTLS} is answered with {@code go} and TLS. Says in a queue what it was told. */
    private static final class Lines implements RawProtocol<ArrayDeque<String>> {
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<CloseInfo> closed = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<RawSession<ArrayDeque<String>>> sessions = new LinkedBlockingQueue<>();
        /** What the client's side begins with. */
        @Nullable
        String first;

        @Nullable
        TlsClientConfig upgradesWith;

        @Override
        public ArrayDeque<String> newPss() {
            return new ArrayDeque<>();
        }

        @Override
        public void onConnected(RawSession<ArrayDeque<String>> raw) {
            sessions.add(raw);
            if (first != null) {
                send(raw, first);
            } else if (upgradesWith != null) {
                raw.startTls(upgradesWith, "localhost", 25);
            }
        }

        static void send(RawSession<ArrayDeque<String>> raw, String line) {
            raw.pss().add(line);
            raw.requestWriteable();
        }

        @Override
        public void onReceive(RawSession<ArrayDeque<String>> raw, ByteBuffer rx) {
            String line = line(rx);
            if (line == null) {
                return;
            }
            events.add(line);
            TlsClientConfig config = upgradesWith;
            if (config != null) {
                if (line.equals("go")) {
                    raw.startTls(config, "localhost", 25);
                }
            } else {
                if (line.equals("STARTTLS")) {
                    raw.startTls(ByteBuffer.wrap("go\n".getBytes(StandardCharsets.US_ASCII)));
                    assertThrows(IllegalStateException.class, () -> raw.startTls(ByteBuffer.allocate(0)));
                } else {
                    send(raw, line);
                }
            }
        }

        private static @Nullable String line(ByteBuffer rx) {
            for (int i = rx.position(); i < rx.limit(); i++) {
                if (rx.get(i) == '\n') {
                    byte[] line = new byte[i - rx.position()];
                    rx.get(line).get();
                    return new String(line, StandardCharsets.US_ASCII);
                }
            }
            return null;
        }

        @Override
        public void onWriteable(RawSession<ArrayDeque<String>> raw, RawTx tx) {
            String line = raw.pss().poll();
            if (line == null) {
                return;
            }
            tx.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)));
            if (line.equals("too early")) {
                raw.startTls(ByteBuffer.allocate(0));
                assertThrows(IllegalStateException.class, () -> tx.write(ByteBuffer.allocate(1)));
            }
            if (!raw.pss().isEmpty()) {
                raw.requestWriteable();
            }
        }

        @Override
        public void onSecured(RawSession<ArrayDeque<String>> raw, TlsInfo info) {
            events.add("secured");
            assertEquals(info, raw.tls());
            if (upgradesWith != null) {
                send(raw, "safe");
            }
        }

        @Override
        public void onClosed(RawSession<ArrayDeque<String>> raw, CloseInfo info) {
            closed.add(info);
        }

        String event() throws InterruptedException {
            return assertNotNullAnd(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        CloseInfo closeInfo() throws InterruptedException {
            return assertNotNullAnd(closed.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }

        private static <T> T assertNotNullAnd(@Nullable T value) {
            assertNotNull(value);
            return value;
        }
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    private static Vhost.Builder vhost(Lines lines) {
        return Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .protocol("lines", (owner, options) -> lines);
    }

    private static TlsConfig tls(PlainText plain) {
        return TlsConfig.builder().key(KEY).plainText(plain).build();
    }

    private int serve(Vhost.Builder builder, Limits limits) {
        Vhost vhost = builder.build();
        served = vhost;
        context = leaks.watch(Context.builder()
                        .role(new RawRole())
                        .limits(limits)
                        .vhost(vhost)
                        .build())
                .start();
        return vhost.port();
    }

    private int serve(PlainText plain) {
        return serve(vhost(server).tls(tls(plain)), Limits.DEFAULT);
    }

    private static Socket socket(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Byte by byte: what follows a line may be meant for TLS. */
    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            assertTrue(b >= 0, "end of stream");
            line.append((char) b);
        }
        return line.toString();
    }

    private static SSLSocket secured(Socket plain, String protocol) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", KEY.leaf());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext ssl = SSLContext.getInstance("TLS");
        ssl.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) ssl.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    // ---- a server

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesTlsFromTheStart(String protocol) throws Exception {
        try (Socket plain = socket(serve(PlainText.REFUSE));
                SSLSocket socket = secured(plain, protocol)) {
            send(socket, "one\ntwo\n");
            assertEquals("one", line(socket));
            assertEquals("two", line(socket));
            assertEquals(protocol, socket.getSession().getProtocol());
        }
        assertEquals("closed by the protocol", server.closeInfo().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void upgradesInTheMiddle(String protocol) throws Exception {
        try (Socket plain = socket(serve(PlainText.UNTIL_UPGRADE))) {
            send(plain, "open\n");
            assertEquals("open", line(plain));
            send(plain, "STARTTLS\n");
            assertEquals("go", line(plain));
            try (SSLSocket socket = secured(plain, protocol)) {
                send(socket, "secret\n");
                assertEquals("secret", line(socket));
            }
        }
        assertEquals("open", server.event());
        assertEquals("STARTTLS", server.event());
        assertEquals("secured", server.event());
        assertEquals("secret", server.event());
        assertEquals("closed by the protocol", server.closeInfo().reason());
    }

    /** What stands behind the request in plain text may come from anybody. */
    @ParameterizedTest
    @ValueSource(strings = {"STARTTLS\nEVIL\n", "STARTTLS\nevil\n"})
    void refusesPlainTextBehindTheRequest(String request) throws Exception {
        try (Socket plain = socket(serve(PlainText.UNTIL_UPGRADE))) {
            send(plain, request);
            byte[] alert = {21, 3, 3, 0, 2, 2, 10}; // fatal unexpected_message
            assertEquals(
                    "go\n" + new String(alert, StandardCharsets.ISO_8859_1),
                    new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        assertEquals(CloseInfo.Initiator.PROTOCOL, server.closeInfo().initiator());
        assertTrue(server.events.stream().noneMatch(each -> each.equalsIgnoreCase("evil") || each.equals("secured")));
    }

    @Test
    void writesNothingWhileTlsBegins() throws Exception {
        try (Socket plain = socket(serve(PlainText.UNTIL_UPGRADE))) {
            send(plain, "too early\n");
            assertEquals("too early", line(plain));
            secured(plain, "TLSv1.3").close();
        }
        assertEquals("too early", server.event());
        assertEquals("secured", server.event());
    }

    @Test
    void givesUpWhereNoHandshakeFollows() throws Exception {
        Limits limits =
                Limits.builder().handshakeTimeout(Duration.ofMillis(100)).build();
        try (Socket plain = socket(serve(vhost(server).tls(tls(PlainText.UNTIL_UPGRADE)), limits))) {
            send(plain, "STARTTLS\n");
            assertEquals("go", line(plain));
            assertEquals(-1, plain.getInputStream().read());
        }
        CloseInfo info = server.closeInfo();
        assertEquals(CloseInfo.Initiator.TIMEOUT, info.initiator());
        assertEquals("TLS handshake", info.reason());
    }

    @Test
    void needsAVhostWithTls() throws Exception {
        try (Socket plain = socket(serve(vhost(server), Limits.DEFAULT))) {
            send(plain, "STARTTLS\n");
            assertTrue(plain.getInputStream().readAllBytes().length <= 3);
        }
        CloseInfo info = server.closeInfo();
        assertEquals(CloseInfo.Initiator.CALLBACK, info.initiator());
        assertInstanceOf(IllegalStateException.class, info.cause());
    }

    @Test
    void refusesAPortThatBeginsBothWays() {
        Vhost one = vhost(server).tls(tls(PlainText.REFUSE)).build();
        Vhost two = vhost(server).tls(tls(PlainText.UNTIL_UPGRADE)).build();
        Context.Builder both = Context.builder().role(new RawRole()).vhost(one).vhost(two);
        assertThrows(IllegalArgumentException.class, both::build);
    }

    // ---- a client

    /** A raw session to {@code port}, on a loop of the context, which speaks {@code lines}. */
    private void connect(Lines lines, int port) {
        Vhost from = served;
        assertNotNull(from);
        EventLoop loop = from.context().loops().get(0);
        loop.execute(() -> RawClient.connect(from, loop, "127.0.0.1", port, lines, why -> {
            throw new IllegalStateException(why);
        }));
    }

    private static Lines client(TlsClientConfig config) {
        Lines lines = new Lines();
        lines.first = "STARTTLS";
        lines.upgradesWith = config;
        return lines;
    }

    @Test
    void upgradesAsAClient() throws Exception {
        int port = serve(PlainText.UNTIL_UPGRADE);
        Lines client = client(TlsClientConfig.builder().ca(KEY.leaf()).build());
        connect(client, port);
        assertEquals("go", client.event());
        assertEquals("secured", client.event());
        assertEquals("safe", client.event());
        assertEquals("STARTTLS", server.event());
        assertEquals("secured", server.event());
        assertEquals("safe", server.event());
        var session = client.sessions.take();
        session.execute(session::close);
        assertEquals(CloseInfo.Initiator.LOCAL, client.closeInfo().initiator());
        assertEquals("closed by the protocol", server.closeInfo().reason());
    }

    @Test
    void beginsWithTlsAsAClient() throws Exception {
        int port = serve(PlainText.REFUSE);
        Lines client = client(TlsClientConfig.builder().ca(KEY.leaf()).build());
        client.first = null;
        connect(client, port);
        assertEquals("secured", client.event());
        assertEquals("safe", client.event());
        assertEquals("safe", server.event());
    }

    @Test
    void saysWhyTheClientDoesNotTrustTheServer() throws Exception {
        int port = serve(PlainText.UNTIL_UPGRADE);
        KeyMaterial other = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC);
        Lines client = client(TlsClientConfig.builder().ca(other.leaf()).build());
        connect(client, port);
        TlsException why =
                assertInstanceOf(TlsException.class, client.closeInfo().cause());
        assertEquals(TlsException.Reason.SELF_SIGNED, why.reason());
        assertInstanceOf(TlsException.class, server.closeInfo().cause());
    }

    @Test
    void refusesPlainTextBehindTheAnswer() throws Exception {
        serve(PlainText.UNTIL_UPGRADE);
        Lines client = client(TlsClientConfig.DEFAULT);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            connect(client, listener.getLocalPort());
            try (Socket accepted = listener.accept()) {
                accepted.setSoTimeout((int) PATIENCE.toMillis());
                assertEquals("STARTTLS", line(accepted));
                send(accepted, "go\nEVIL\n");
                CloseInfo info = client.closeInfo();
                assertEquals(CloseInfo.Initiator.PROTOCOL, info.initiator());
            }
        }
        assertTrue(client.events.stream().noneMatch(each -> each.equals("EVIL") || each.equals("secured")));
    }
}
