package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.testing.LeakCheck;
import io.lws.ws.WsBroadcast;
import io.lws.ws.WsBroadcast.SlowReader;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Ten minutes of everything at random in one process: connects, messages of all sizes with and without compression, a
 * broadcast, ends of every kind. Nothing may stay. {@code -Dlws.long=true}; {@code -Dlws.soak.seconds} makes it shorter.
 */
@EnabledIfSystemProperty(named = "lws.long", matches = "true")
class SoakTest {
    private static final int SECONDS = Integer.getInteger("lws.soak.seconds", 600);
    private static final int PER_SECOND = 40;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final WsBroadcast everybody =
            WsBroadcast.builder().slowReader(SlowReader.CONFLATE).build();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicInteger clients = new AtomicInteger();
    private final Random random = new Random(1);

    private final class Server implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            live.incrementAndGet();
            everybody.add(ws);
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            ws.post(rx.toMessage());
            if (rx.lengthBytes() % 97 == 0) {
                ws.abort();
            }
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            everybody.remove(ws);
            live.decrementAndGet();
        }
    }

    /** Says so many things, each when the one before has come back, and then ends in one of three ways. */
    private final class Caller implements WsProtocol<Void> {
        private final Random own;
        private int left;

        Caller(long seed) {
            own = new Random(seed);
            left = own.nextInt(30);
        }

        @Override
        public void onEstablished(WsSession<Void> ws) {
            connections.incrementAndGet();
            say(ws);
        }

        private void say(WsSession<Void> ws) {
            byte[] payload = new byte[own.nextInt(own.nextInt(10) == 0 ? 60_000 : 300)];
            if (own.nextBoolean()) {
                own.nextBytes(payload);
            }
            ws.post(WsMessage.binary(ByteBuffer.wrap(payload)));
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            messages.incrementAndGet();
            if (rx.isText()) {
                return; // the broadcast
            }
            if (left-- > 0) {
                say(ws);
            } else if (own.nextInt(4) == 0) {
                ws.abort();
            } else {
                ws.close();
            }
        }
    }

    private static long heapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            least = Math.min(least, HeapCensus.take().sumBytes());
        }
        return least;
    }

    @Test
    @Timeout(900)
    void leavesNothingBehind() {
        Vhost server = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("server", (owner, options) -> new Server())
                .option(WsDeflate.defaults())
                .build();
        Vhost plain = Vhost.builder("plain").build();
        Vhost compressing =
                Vhost.builder("compressing").option(WsDeflate.defaults()).build();
        Context context = Context.builder()
                .loops(2)
                .vhost(server)
                .vhost(plain)
                .vhost(compressing)
                .build()
                .start();
        try (context) {
            String uri = "ws://127.0.0.1:" + server.port() + "/";
            int mark = SECONDS / 5;
            spend(mark, uri, plain, compressing);
            long early = rest();
            spend(SECONDS - mark, uri, plain, compressing);
            long late = rest();
            System.out.println("soak: " + connections + " connections, " + messages + " messages; heap after " + mark
                    + " s " + early + " B, after " + SECONDS + " s " + late + " B");
            assertTrue(late <= early * 1.05, early + " B, then " + late + " B");
            assertEquals(0, live.get());
        }
        LeakCheck.assertNothingLeft(context);
    }

    private void spend(int seconds, String uri, Vhost... vhosts) {
        long beganNs = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            clients.incrementAndGet();
            WsClient.builder(vhosts[random.nextInt(vhosts.length)])
                    .uri(uri)
                    .protocol(new Caller(random.nextLong()))
                    .retry(RetryPolicy.NEVER)
                    .onEnd(why -> clients.decrementAndGet())
                    .connect();
            everybody.send(i % 7, WsMessage.text("to all " + i));
            long dueNs = beganNs + (i + 1) * 1_000_000_000L / PER_SECOND;
            while (dueNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
        }
    }

    /** Waits until everybody has gone, and for what idle things are kept some seconds; then looks at the heap. */
    private long rest() {
        Await.until("all clients ended", SOON, () -> clients.get() == 0);
        Await.until("all sessions ended", SOON, () -> live.get() == 0);
        return heapBytes();
    }
}
