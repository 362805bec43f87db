package io.lws.plugins.status;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.JdkWebSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class StatusProtocolTest {
    private static void awaitCount(JdkWebSocket client, int count) throws InterruptedException {
        String json;
        do {
            json = client.hear();
            assertTrue(json.startsWith("{\"vhost\":\"localhost\""), json);
        } while (!json.contains("\"wsi\":" + count + ","));
    }

    @Test
    void tellsAllOfComersAndGoers() throws InterruptedException {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("lws-status", new StatusPlugin().factory(), ProtocolOptions.NONE)
                .build();
        try (Context context = Context.builder().loops(2).vhost(vhost).build().start();
                JdkWebSocket first = new JdkWebSocket(vhost.port(), "", "lws-status")) {
            assertTrue(!context.isClosed());
            awaitCount(first, 1);
            try (JdkWebSocket second = new JdkWebSocket(vhost.port(), "", "lws-status")) {
                awaitCount(first, 2);
                awaitCount(second, 2);
            }
            awaitCount(first, 1);
        }
    }
}
