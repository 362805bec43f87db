package io.lws.plugins.rawproxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawProxyProtocolTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private ServerSocket behind;
    private Context context = Context.builder().build();

    @BeforeEach
    void listen() throws IOException {
        behind = new ServerSocket(0, 50, LOOPBACK);
        behind.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        context.close();
        behind.close();
    }

    private Socket call(int loops, int onwardPort) throws IOException {
        Vhost vhost = Vhost.builder("localhost")
                .listen(LOOPBACK, 0)
                .acceptRole("raw-skt")
                .protocol(
                        "raw-proxy",
                        new RawProxyPlugin().factory(),
                        ProtocolOptions.of("onward", "ipv4:127.0.0.1:" + onwardPort))
                .build();
        context.close();
        context = Context.builder().loops(loops).vhost(vhost).build().start();
        Socket socket = new Socket(LOOPBACK, vhost.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** More than fits between the two, both ways at once, and each end by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void carriesBothWaysAndKeepsHalfCloses(int loops) throws Exception {
        byte[] request = new byte[5_000_000];
        byte[] answer = new byte[7_000_000];
        new Random(1).nextBytes(request);
        new Random(2).nextBytes(answer);
        try (Socket near = call(loops, behind.getLocalPort());
                Socket far = behind.accept()) {
            Thread sender = new Thread(() -> send(near, request));
            sender.start();
            assertArrayEquals(request, far.getInputStream().readAllBytes());
            sender.join();
            Thread answerer = new Thread(() -> send(far, answer));
            answerer.start();
            assertArrayEquals(answer, near.getInputStream().readAllBytes());
            answerer.join();
        }
    }

    /** A port that was closed may be given to somebody else, the proxy itself among them; nobody gets one that is held. */
    @Test
    void resetsWhoeverCannotBePassedOn() throws Exception {
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(LOOPBACK, 0));
            try (Socket near = call(1, nobody.getLocalPort())) {
                assertEquals(-1, readOrReset(near));
            }
        }
    }

    private static int readOrReset(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void wantsToKnowWhereTo() {
        IllegalArgumentException none = assertThrows(
                IllegalArgumentException.class,
                () -> new RawProxyProtocol(Vhost.builder("x").build(), ProtocolOptions.NONE));
        assertEquals("option \"onward\" is required", none.getMessage());
    }
}
