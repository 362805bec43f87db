package io.lws.plugins.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.JdkWebSocket;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackProtocolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void passesMessagesThroughAConnectionToItself(int loops) throws InterruptedException {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("client-loopback-test", new LoopbackPlugin().factory(), ProtocolOptions.NONE)
                .build();
        try (Context context =
                Context.builder().loops(loops).vhost(vhost).build().start()) {
            try (JdkWebSocket first = new JdkWebSocket(vhost.port(), "", "client-loopback-test");
                    JdkWebSocket second = new JdkWebSocket(vhost.port(), "", "client-loopback-test")) {
                for (int i = 0; i < 20; i++) {
                    first.send("first " + i);
                    second.send("second " + i);
                    assertEquals("first " + i, first.hear());
                    assertEquals("second " + i, second.hear());
                }
                assertEquals(6, context.connections(), "two visitors, and two ends of a loop for each");
            }
            long endNs = System.nanoTime() + 20_000_000_000L;
            while (context.connections() > 0) {
                assertTrue(endNs - System.nanoTime() > 0, "the loops have not ended with their visitors");
                Thread.onSpinWait();
            }
        }
    }
}
