package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.tls.DevelopmentCertificate;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawClientTest {
    private final Recorder server = Recorder.echoing();
    private final Recorder client = Recorder.silent();
    private Context context = Context.builder().build();

    @AfterEach
    void close() {
        context.close();
    }

    private Vhost serve(Vhost.Builder builder) {
        context.close();
        Vhost vhost = builder.listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> server)
                .build();
        context = Context.builder().vhost(vhost).build().start();
        return vhost;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void talksToAServer(boolean secure) throws Exception {
        var key = DevelopmentCertificate.localhost();
        Vhost.Builder builder = Vhost.builder("localhost");
        Vhost vhost = serve(secure ? builder.tls(TlsConfig.builder().key(key).build()) : builder);
        RawClient to = RawClient.to("localhost", vhost.port());
        if (secure) {
            to = to.tls(TlsClientConfig.builder()
                    .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                    .build());
        }
        RawSession<StringBuilder> session =
                to.connect(context.nets().get(0), vhost, client).get(20, TimeUnit.SECONDS);
        session.execute(() -> Recorder.say(session, "hello"));
        assertEquals("hello", client.hear(5));
        session.execute(() -> {
            if (secure) {
                assertNotNull(session.tls());
            }
            session.close();
        });
        assertNotNull(client.closed.poll(20, TimeUnit.SECONDS));
        assertNotNull(server.closed.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void saysWhatItCouldNotReach() throws Exception {
        Vhost vhost = serve(Vhost.builder("localhost"));
        int unused;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = free.getLocalPort();
        }
        var result = RawClient.to("127.0.0.1", unused).connect(context.nets().get(0), vhost, client);
        ExecutionException e = assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS));
        assertInstanceOf(IOException.class, e.getCause());
        assertEquals(0, client.sessions.size());
    }

    /** Who says what is wrong need not have read what is. */
    @Test
    void readsWhileItsOutputWaits() throws Exception {
        Vhost vhost = serve(Vhost.builder("localhost"));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RawSession<StringBuilder> session = RawClient.to("127.0.0.1", listener.getLocalPort())
                    .connect(context.nets().get(0), vhost, client)
                    .get(20, TimeUnit.SECONDS);
            try (Socket peer = listener.accept()) {
                session.execute(() -> Recorder.say(session, "x".repeat(16 << 20)));
                assertEquals('x', peer.getInputStream().read());
                peer.getOutputStream().write("enough".getBytes(StandardCharsets.US_ASCII));
                assertEquals("enough", client.hear(6));
            }
            assertNotNull(client.closed.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void failsOnceTheContextHasClosed() {
        Vhost vhost = serve(Vhost.builder("localhost"));
        context.close();
        var result = RawClient.to("127.0.0.1", 1).connect(context.nets().get(0), vhost, client);
        assertThrows(ExecutionException.class, () -> result.get(20, TimeUnit.SECONDS));
    }

    @Test
    void keepsAHalfClosedConnection() throws Exception {
        Vhost vhost = serve(Vhost.builder("localhost"));
        RawSession<StringBuilder> session = RawClient.to("localhost", vhost.port())
                .connect(context.nets().get(0), vhost, client)
                .get(20, TimeUnit.SECONDS);
        client.afterWriting = RawSession::endOutput;
        session.execute(() -> Recorder.say(session, "last words"));
        assertEquals("last words", server.hear(10));
        assertEquals("last words", client.hear(10));
        assertNotNull(client.closed.poll(20, TimeUnit.SECONDS));
    }
}
