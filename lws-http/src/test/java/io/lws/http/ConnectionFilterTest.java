package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ConnectionFilter;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a server turns away before it has read anything. */
class ConnectionFilterTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final LinkedBlockingQueue<SocketAddress> callers = new LinkedBlockingQueue<>();

    private Context context;

    @AfterEach
    void close() {
        context.close();
    }

    private int serve(int loops, Predicate<SocketAddress> filter) {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .option(new ConnectionFilter(caller -> {
                    callers.add(caller);
                    return filter.test(caller);
                }))
                .mount(Mount.redirect("/", "/elsewhere"))
                .build();
        context =
                leaks.watch(Context.builder().loops(loops).vhost(vhost).build().start());
        return vhost.port();
    }

    /** What comes back; nothing where the connection was ended without an answer. */
    private String ask(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertEquals(socket.getLocalSocketAddress(), callers.poll());
            return answer;
        } catch (SocketException reset) {
            assertTrue(callers.poll() instanceof InetSocketAddress);
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void admitsWhomItLikes(int loops) throws IOException {
        int port = serve(loops, caller -> true);
        for (int i = 0; i < 4; i++) {
            assertTrue(ask(port).startsWith("HTTP/1.1 30"), "answered");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void turnsAwayWithoutAnAnswer(int loops) throws IOException {
        int port = serve(loops, caller -> false);
        for (int i = 0; i < 4; i++) {
            assertEquals("", ask(port));
        }
    }

    @Test
    void turnsAwayForWhomTheFilterThrowsAndGoesOn() throws IOException {
        boolean[] thrown = {false};
        int port = serve(1, caller -> {
            if (!thrown[0]) {
                thrown[0] = true;
                throw new IllegalStateException("on purpose");
            }
            return true;
        });
        assertEquals("", ask(port));
        assertTrue(ask(port).startsWith("HTTP/1.1 30"), "answered");
    }
}
