package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.PlainText;
import io.lws.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FallbackTest {
    private final Recorder raw = Recorder.echoing();
    private Context context = Context.builder().build();

    @AfterEach
    void close() {
        context.close();
    }

    /** Answers whatever it reads as an http server would be heard to. */
    private static final class FakeHttp implements Role {
        @Override
        public String name() {
            return "fake-http";
        }

        @Override
        public List<String> alpn() {
            return List.of("http/1.1");
        }

        @Override
        public boolean canAccept(Vhost vhost) {
            return true;
        }

        @Override
        public RoleConnection accept(Connection connection, VhostGroup vhosts) {
            return new FakeHttpConnection(connection);
        }
    }

    private record FakeHttpConnection(Connection connection) implements RoleConnection {
        @Override
        public String roleName() {
            return "fake-http";
        }

        @Override
        public void onReadable(ByteBuffer in) {
            String head = StandardCharsets.US_ASCII.decode(in).toString();
            connection.write(ByteBuffer.wrap(("http:" + head).getBytes(StandardCharsets.US_ASCII)));
            connection.close(CloseInfo.local(0, "done"));
        }

        @Override
        public void onWriteable() {}

        @Override
        public void onPeerFin() {}

        @Override
        public void onViolation(ProtocolException violation) {}

        @Override
        public void onTimeout(TimeoutReason reason) {}

        @Override
        public void onDrain() {
            connection.close(CloseInfo.local(0, "drain"));
        }

        @Override
        public void onClosed(CloseInfo info) {}
    }

    private int serve(Vhost.Builder builder) {
        context.close();
        Vhost vhost = builder.listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> raw)
                .build();
        context = Context.builder().role(new FakeHttp()).vhost(vhost).build().start();
        return vhost.port();
    }

    private static String ask(int port, String text) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(20_000);
            for (byte each : text.getBytes(StandardCharsets.US_ASCII)) {
                client.getOutputStream().write(each);
            }
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @CsvSource({"SSH-2.0-x", "hello", "GETTER", "POS"})
    void fallsBackForWhatIsNoHttp(String text) throws IOException {
        int port = serve(Vhost.builder("f").option(RawFallback.protocol()));
        assertEquals(text, ask(port, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /", "PRI *"})
    void leavesHttpToHttp(String text) throws IOException {
        int port = serve(Vhost.builder("f").option(RawFallback.protocol()));
        assertEquals("http:" + text.substring(0, 4), ask(port, text).substring(0, 9));
    }

    @Test
    void fallsBackInPlainTextOnATlsPort() throws IOException {
        TlsConfig tls = TlsConfig.builder()
                .key(DevelopmentCertificate.localhost())
                .plainText(PlainText.ALLOW)
                .build();
        int port = serve(Vhost.builder("f").tls(tls).option(RawFallback.protocol()));
        assertEquals("SSH-2.0-x", ask(port, "SSH-2.0-x"));
        assertEquals("http:GET ", ask(port, "GET /").substring(0, 9));
    }

    @Test
    void takesASilentPeerForRaw() throws Exception {
        int port = serve(Vhost.builder("f").option(RawFallback.protocol().silentFor(Duration.ofMillis(1))));
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(20_000);
            raw.session();
            client.getOutputStream().write('G');
            assertEquals('G', client.getInputStream().read());
        }
    }
}
