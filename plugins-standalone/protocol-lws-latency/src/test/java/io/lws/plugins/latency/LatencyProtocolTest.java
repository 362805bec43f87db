package io.lws.plugins.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.JdkWebSocket;
import io.lws.ws.WsFragment;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.net.InetAddress;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyProtocolTest {
    private static final Pattern WORST = Pattern.compile("\"name\":\"slow\"[^}]*\"worstMicros\":(\\d+)");
    private static final long TOO_LONG_NS = 30_000_000;

    /** Does what nobody should: it keeps its loop. */
    private static final class SlowProtocol implements WsProtocol<@Nullable Void> {
        @Override
        public void onMessage(WsSession<@Nullable Void> ws, WsFragment rx) {
            long endNs = System.nanoTime() + TOO_LONG_NS;
            while (endNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(endNs - System.nanoTime());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void namesTheProtocolThatKeepsALoop(int loops) throws InterruptedException {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("lws-latency", new LatencyPlugin().factory(), ProtocolOptions.of("interval-ms", "20"))
                .protocol("slow", (owner, options) -> new SlowProtocol())
                .build();
        try (Context context =
                        Context.builder().loops(loops).vhost(vhost).build().start();
                JdkWebSocket watcher = new JdkWebSocket(vhost.port(), "", "lws-latency");
                JdkWebSocket guilty = new JdkWebSocket(vhost.port(), "", "slow")) {
            assertEquals(loops, context.loops().size());
            assertTrue(watcher.hear().startsWith("{\"loops\":[{\"loop\":0,\"protocols\":["));
            guilty.send("keep it");
            long worstMicros = 0;
            while (worstMicros == 0) {
                Matcher found = WORST.matcher(watcher.hear());
                long heard = found.find() ? Long.parseLong(found.group(1)) : 0;
                worstMicros = heard >= TOO_LONG_NS / 1_000 ? heard : 0;
            }
            assertTrue(worstMicros >= TOO_LONG_NS / 1_000);
        }
    }

    @Test
    void refusesNoInterval() {
        Vhost vhost = Vhost.builder("x").build();
        assertThrows(
                IllegalArgumentException.class,
                () -> new LatencyProtocol(vhost, ProtocolOptions.of("interval-ms", "0")));
    }
}
