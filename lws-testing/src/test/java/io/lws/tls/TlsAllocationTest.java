package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.EventLoop;
import io.lws.net.Transport;
import io.lws.testing.AllocationMeter;
import io.lws.testing.LoopRunner;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An echo in steady state takes no heap but what the engine takes by itself for the same records. */
class TlsAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int FRAMES = 10_000;
    /** As many as it takes the compiler to come round to all of it; where something is taken, none of them is enough. */
    private static final int MAX_ROUNDS = 100;

    private static final int MESSAGE_BYTES = 128;
    /**
     * What an engine takes varies with what the compiler makes of its callers: Conscrypt takes 80 bytes or 120. That nothing
     * is ours, to the byte, is seen with the engine that takes nothing.
     */
    private static final double TOLERANCE = 0.75;

    /** A socket that gives what the test put in, and keeps what comes out. */
    private static final class Pipe implements Transport {
        final ByteBuffer in = ByteBuffer.allocate(64 << 10).limit(0);
        final ByteBuffer out = ByteBuffer.allocate(64 << 10);

        @Override
        public void open(EventLoop loop, Events above) {}

        @Override
        public void tell(Events above) {}

        @Override
        public int read(ByteBuffer dst) {
            int n = Math.min(in.remaining(), dst.remaining());
            dst.put(dst.position(), in, in.position(), n).position(dst.position() + n);
            in.position(in.position() + n);
            return n;
        }

        @Override
        public int write(ByteBuffer src) {
            int n = src.remaining();
            out.put(src);
            return n;
        }

        @Override
        public void interest(int interest) {}

        @Override
        public void shutdownOutput() {}

        @Override
        public void close() {}
    }

    private static final class Nobody implements TlsTransport.Outcome {
        @Override
        public void onHandshakeDone(TlsInfo info) {}

        @Override
        public void onHandshakeFailed(TlsException why) {
            throw new IllegalStateException(why);
        }
    }

    private static final Transport.Events NO_EVENTS = new Transport.Events() {
        @Override
        public void onReadable() {}

        @Override
        public void onWriteable() {}
    };

    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    private final ByteBuffer dst = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer clientPlain = ByteBuffer.allocate(64 << 10);
    private final Pipe pipe = new Pipe();
    private SSLEngine client;
    private TlsTransport server;

    private void connect(String provider) throws Exception {
        KeyMaterial key = DevelopmentCertificate.localhost();
        TlsConfig config = TlsConfig.builder()
                .key(key)
                .provider(provider)
                .tasks(TlsTasks.ON_LOOP)
                .build();
        TlsContext context = new TlsContext(config, () -> {});
        client = JdkClient.context().createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        client.beginHandshake();
        clientFlight();
        HelloReader reader = new HelloReader(65536);
        reader.feed(pipe.in);
        TlsLink link = TlsLink.server(context, reader.hello(), null);
        LoopRunner runner = new LoopRunner();
        server = new TlsTransport(runner.net(), pipe, link, reader.records(), new Nobody());
        server.open(runner.loop(), NO_EVENTS);
        for (int i = 0; i < 10 && server.tls() == null; i++) {
            server.read(dst.clear());
            clientReads();
            clientFlight();
        }
        server.read(dst.clear());
        clientReads();
        assertEquals("TLSv1.3", server.tls().protocol());
    }

    private void clientFlight() throws SSLException {
        while (client.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            pipe.in.compact();
            client.wrap(ByteBuffer.allocate(0), pipe.in);
            pipe.in.flip();
        }
    }

    private void clientReads() throws SSLException {
        pipe.out.flip();
        boolean going = true;
        while (going && pipe.out.hasRemaining()) {
            going = client.unwrap(pipe.out, clientPlain.clear()).bytesConsumed() > 0;
            Runnable task;
            while ((task = client.getDelegatedTask()) != null) {
                task.run();
                going = true;
            }
        }
        pipe.out.compact();
    }

    private void clientSends() throws SSLException {
        pipe.in.clear();
        client.wrap(message.clear(), pipe.in);
        pipe.in.flip();
    }

    private long throughTransport(int frames) throws Exception {
        long taken = 0;
        for (int i = 0; i < frames; i++) {
            clientSends();
            long before = AllocationMeter.allocatedBytes();
            int n = server.read(dst.clear());
            server.write(dst.flip());
            taken += AllocationMeter.allocatedBytes() - before;
            assertEquals(MESSAGE_BYTES, n);
            clientReads();
        }
        return taken / frames;
    }

    /** The same records with nothing around the engine. */
    private long throughEngine(SSLEngine engine, TlsBuffers buffers, int frames) throws Exception {
        long taken = 0;
        for (int i = 0; i < frames; i++) {
            clientSends();
            ByteBuffer in = buffers.in().put(pipe.in).flip();
            long before = AllocationMeter.allocatedBytes();
            engine.unwrap(in, dst.clear());
            engine.wrap(dst.flip(), buffers.out());
            taken += AllocationMeter.allocatedBytes() - before;
            pipe.out.put(buffers.out().flip());
            buffers.out().clear();
            clientReads();
        }
        return taken / frames;
    }

    private TlsTransport withPlainEngine(boolean direct) throws Exception {
        LoopRunner runner = new LoopRunner();
        TlsLink link =
                new TlsLink(new PlainEngine(MESSAGE_BYTES), null, direct, TlsTasks.ON_LOOP, null, null, new byte[0]);
        TlsTransport transport = new TlsTransport(runner.net(), pipe, link, TlsLink.nothing(), new Nobody());
        transport.open(runner.loop(), NO_EVENTS);
        assertEquals(0, transport.read(dst.clear()), "only the handshake, which is over at once");
        assertNotNull(transport.tls());
        return transport;
    }

    /** With an engine that takes nothing, what is taken is ours. */
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesNothingItself(boolean direct) throws Exception {
        server = withPlainEngine(direct);
        ByteBuffer record = PlainEngine.record(MESSAGE_BYTES);
        long taken = 0;
        for (int i = 0; i < WARM_UP + FRAMES; i++) {
            pipe.in.clear().put(record.clear()).flip();
            pipe.out.clear();
            long before = AllocationMeter.allocatedBytes();
            int n = server.read(dst.clear());
            server.write(dst.flip());
            taken += i < WARM_UP ? 0 : AllocationMeter.allocatedBytes() - before;
            assertEquals(MESSAGE_BYTES, n);
            assertEquals(record.capacity(), pipe.out.position());
        }
        assertEquals(0, taken, "bytes in " + FRAMES + " frames");
    }

    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @ParameterizedTest
    @MethodSource("io.lws.tls.Providers#all")
    void echoesWithNothingOfOurs(String provider) throws Exception {
        connect(provider);
        boolean direct = TlsProvider.named(provider).wantsDirectBuffers();
        SSLEngine engine = server.engine();
        TlsBuffers buffers = new TlsBuffers(direct);
        throughTransport(WARM_UP);
        throughEngine(engine, buffers, WARM_UP);
        long ours = Long.MAX_VALUE;
        long engines = Long.MAX_VALUE;
        boolean none = false;
        for (int i = 0; i < MAX_ROUNDS && !none; i++) { // by turns: it may be at work between one and the other
            ours = Math.min(ours, throughTransport(FRAMES));
            engines = Math.min(engines, throughEngine(engine, buffers, FRAMES));
            none = ours <= engines * (1 + TOLERANCE);
        }
        String said = ours + " bytes a frame, of them the engine's " + engines;
        System.out.println(
                "bytes an echo of " + MESSAGE_BYTES + ", " + provider + ": transport " + ours + ", engine " + engines);
        assertTrue(none, said);
    }
}
