package io.lws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.net.Listener;
import io.lws.net.SocketHandover;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose callers reach a vhost that listens on every interface. */
class IpFamiliesTest extends EchoContexts {
    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    @BeforeAll
    static void needIpv6() {
        try {
            new ServerSocket(0, 1, InetAddress.getByName(IPV6)).close();
        } catch (IOException e) {
            assumeTrue(false, "no IPv6 here: " + e);
        }
    }

    private static Vhost everywhere(int port, IpFamilies families) {
        return Vhost.builder("v").port(port).option(families).build();
    }

    private static void assertAnswers(String host, int port) throws IOException {
        try (Socket caller = new Socket(host, port)) {
            caller.setSoTimeout(30_000);
            caller.getOutputStream().write(7);
            assertEquals(7, caller.getInputStream().read());
        }
    }

    private static void assertRefuses(String host, int port) {
        assertThrows(ConnectException.class, () -> new Socket(host, port).close());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void takesBothUnlessToldOtherwise(int loops) throws IOException {
        Vhost vhost = Vhost.builder("v").port(0).build();
        try (Context context =
                builder().loops(loops).acceptOnEveryLoop().vhost(vhost).build().start()) {
            assertAnswers(IPV4, port(context));
            assertAnswers(IPV6, port(context));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void takesIpv4Alone(int loops) throws IOException {
        Vhost vhost = everywhere(0, IpFamilies.IPV4);
        try (Context context =
                builder().loops(loops).acceptOnEveryLoop().vhost(vhost).build().start()) {
            assertAnswers(IPV4, port(context));
            assertRefuses(IPV6, port(context));
        }
    }

    /** Beside one that takes the others, on one port; where the platform cannot, it says so. */
    @Test
    void takesIpv6Alone() throws IOException {
        if (SocketHandover.obstacle().isPresent()) {
            ListenException e = assertThrows(
                    ListenException.class,
                    () -> builder().vhost(everywhere(0, IpFamilies.IPV6)).build());
            assertTrue(e.getMessage().endsWith("it takes lws-epoll, on Java 22 or newer and Linux"), e.getMessage());
            return;
        }
        try (Context six =
                builder().vhost(everywhere(0, IpFamilies.IPV6)).build().start()) {
            assertAnswers(IPV6, port(six));
            assertRefuses(IPV4, port(six));
            try (Context four = builder()
                    .vhost(everywhere(port(six), IpFamilies.IPV4))
                    .build()
                    .start()) {
                assertAnswers(IPV4, port(four));
                assertAnswers(IPV6, port(four));
            }
            assertRefuses(IPV4, port(six));
        }
    }

    @ParameterizedTest
    @EnumSource
    void meansNothingToAnAddressOfItsOwn(IpFamilies families) throws IOException {
        for (String host : new String[] {IPV4, IPV6}) {
            Vhost vhost = Vhost.builder("v")
                    .listen(InetAddress.getByName(host), 0)
                    .option(families)
                    .build();
            try (Context context = builder().vhost(vhost).build().start()) {
                assertAnswers(host, port(context));
            }
        }
    }

    @Test
    void takesBothForVhostsThatShareAPortAndDoNotAgree() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Vhost any = Vhost.builder("w").port(port).build();
        try (Context context = builder()
                .vhost(everywhere(port, IpFamilies.IPV4))
                .vhost(any)
                .build()
                .start()) {
            assertAnswers(IPV4, port);
            assertAnswers(IPV6, port);
        }
    }

    @Test
    void usesAGivenSocketThatTakesAsMany() throws Exception {
        Listener four = Listener.open(new InetSocketAddress(0), 16, IpFamilies.IPV4);
        try (Context context = builder()
                .listener(four)
                .vhost(everywhere(four.port(), IpFamilies.IPV4))
                .build()
                .start()) {
            assertTrue(context.awaitAccepting(Duration.ofSeconds(20)));
            assertEquals(four, context.listeners().get(0));
        }
        Listener both = Listener.open(new InetSocketAddress(0), 16);
        assertThrows(
                ListenException.class,
                () -> builder()
                        .listener(both)
                        .vhost(everywhere(both.port(), IpFamilies.IPV4))
                        .build());
        both.close();
    }
}
