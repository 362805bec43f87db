package io.lws.plugins.increment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.JdkWebSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class DumbIncrementProtocolTest {
    private static Context serve(ProtocolOptions options) {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("dumb-increment-protocol", new DumbIncrementPlugin().factory(), options)
                .build();
        return Context.builder().vhost(vhost).build().start();
    }

    private static JdkWebSocket client(Context context) {
        return new JdkWebSocket(context.vhosts().get(0).port(), "", "dumb-increment-protocol");
    }

    @Test
    void countsForEachSessionFromNought() throws InterruptedException {
        try (Context context = serve(ProtocolOptions.of("interval-ms", "1"))) {
            for (int session = 0; session < 2; session++) {
                try (JdkWebSocket client = client(context)) {
                    for (int number = 0; number < 120; number++) {
                        assertEquals(Integer.toString(number), client.hear());
                    }
                }
            }
        }
    }

    @Test
    void startsAgainWhenTold() throws InterruptedException {
        try (Context context = serve(ProtocolOptions.of("interval-ms", "1"));
                JdkWebSocket client = client(context)) {
            client.hear();
            assertEquals("1", client.hear());
            client.send("reset\n");
            String next = client.hear();
            while (!next.equals("0")) {
                next = client.hear();
            }
            assertEquals("1", client.hear());
        }
    }

    @Test
    void closesWhenTold() throws InterruptedException {
        try (Context context = serve(ProtocolOptions.of("options", "1"));
                JdkWebSocket client = client(context)) {
            client.send("anything else");
            client.send("closeme\n");
            assertEquals("closed 1000", client.hear(), "the timer is off, so nothing comes before");
        }
    }

    @Test
    void refusesAnIntervalOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> serve(ProtocolOptions.of("interval-ms", "0")));
        assertThrows(IllegalArgumentException.class, () -> serve(ProtocolOptions.of("interval-ms", "fast")));
    }
}
