package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.AllocationMeter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In steady state an echo over a real socket takes nothing from the heap: not on the loop's thread, for any frame. */
class WsEchoAllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 5_000;
    /** As many as it takes until the compiler is done, which on a machine with other work is late. */
    private static final int ATTEMPTS = 100;
    /** What a class initialised late or a resized array may take once; less than a bit for each frame. */
    private static final long ONCE_BYTES = 500;

    private final AtomicReference<Thread> loop = new AtomicReference<>();
    private final Context context = Context.builder()
            .vhost(Vhost.builder("localhost")
                    .listen(InetAddress.getLoopbackAddress(), 0)
                    .protocol("echo", Echo::new)
                    .build())
            .build()
            .start();
    private final Socket socket = new Socket();
    private final byte[] echoed = new byte[4096];
    private DataInputStream in = new DataInputStream(DataInputStream.nullInputStream());

    /** As the example does it. */
    private final class Echo implements WsProtocol<ArrayDeque<WsFragment>> {
        Echo(Vhost vhost, ProtocolOptions options) {}

        @Override
        public ArrayDeque<WsFragment> newPss() {
            return new ArrayDeque<>(2);
        }

        @Override
        public void onEstablished(WsSession<ArrayDeque<WsFragment>> ws) {
            loop.set(Thread.currentThread());
        }

        @Override
        public void onReceive(WsSession<ArrayDeque<WsFragment>> ws, WsFragment rx) {
            ws.pss().add(rx.copy());
            ws.requestWriteable();
        }

        @Override
        public void onWriteable(WsSession<ArrayDeque<WsFragment>> ws, WsTx tx) {
            WsFragment next = ws.pss().poll();
            if (next != null) {
                tx.write(next);
                ws.requestWriteable();
            }
        }
    }

    @BeforeEach
    void connect() throws IOException {
        int port = context.vhosts().get(0).port();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(WsRig.upgrade("/").getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readByte());
        }
        assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        context.close();
    }

    private void assertAllocatesNothing(byte[] request, byte[] answer) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            echo(request, answer);
        }
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > ONCE_BYTES; attempt++) {
            long before = AllocationMeter.allocatedBytes(loop.get());
            for (int i = 0; i < MEASURED; i++) {
                echo(request, answer);
            }
            least = Math.min(least, AllocationMeter.allocatedBytes(loop.get()) - before);
        }
        assertTrue(least <= ONCE_BYTES, least + " bytes for " + MEASURED + " exchanges");
    }

    private void echo(byte[] request, byte[] answer) throws IOException {
        socket.getOutputStream().write(request);
        in.readFully(echoed, 0, answer.length);
        assertTrue(Arrays.equals(answer, 0, answer.length, echoed, 0, answer.length), "not what was sent");
    }

    @Test
    void ofOneSmallFrameAtATime() throws IOException {
        assertAllocatesNothing(WsRig.text("hello, echo"), Frames.plain(0x81, Frames.utf8("hello, echo")));
    }

    @Test
    void ofSeveralAtOnceWithPingsAndFragments() throws IOException {
        byte[] longer = Frames.utf8("é".repeat(150));
        assertAllocatesNothing(
                Frames.join(
                        Frames.masked(0x01, "a"),
                        WsRig.ping("p"),
                        Frames.masked(0x80, longer),
                        Frames.masked(0x82, longer)),
                Frames.join(
                        Frames.plain(0x8a, Frames.utf8("p")),
                        Frames.plain(0x01, Frames.utf8("a")),
                        Frames.plain(0x80, longer),
                        Frames.plain(0x82, longer)));
    }

    /** The test can fail: a loop that does allocate is seen to. */
    @Test
    void isMeasuredOnTheLoopsThread() {
        long before = AllocationMeter.allocatedBytes(loop.get());
        CompletableFuture<Integer> made = new CompletableFuture<>();
        context.loops().get(0).execute(() -> made.complete(Arrays.copyOf(new byte[0], 1 << 20).length));
        assertEquals(1 << 20, made.join());
        assertTrue(AllocationMeter.allocatedBytes(loop.get()) - before >= 1 << 20);
    }
}
