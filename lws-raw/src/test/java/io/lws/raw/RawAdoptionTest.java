package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Adoption;
import io.lws.net.Listener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RawAdoptionTest {
    private final Recorder protocol = Recorder.echoing();
    private final Vhost vhost = Vhost.builder("adopt")
            .protocol("echo", (owner, options) -> protocol)
            .build();
    private final Context context = Context.builder().vhost(vhost).build().start();
    private final SocketChannel near;
    private final Socket far;

    RawAdoptionTest() throws IOException {
        try (ServerSocketChannel server = listen()) {
            near = SocketChannel.open(server.getLocalAddress());
            far = server.accept().socket();
        }
    }

    private static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @BeforeEach
    void limit() throws IOException {
        far.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        context.close();
        near.close();
        far.close();
    }

    private RawSession<StringBuilder> adopt(Adoption what) throws Exception {
        CompletableFuture<RawSession<StringBuilder>> adopted = new CompletableFuture<>();
        context.loops().get(0).execute(() -> {
            try {
                adopted.complete(RawAdoption.adopt(context.nets().get(0), what, vhost, protocol));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                adopted.completeExceptionally(e);
            }
        });
        return adopted.get(20, TimeUnit.SECONDS);
    }

    @Test
    void servesAConnectedSocketAndClosesIt() throws Exception {
        adopt(Adoption.socket(near));
        far.getOutputStream().write("hi".getBytes(StandardCharsets.US_ASCII));
        assertEquals("hi", new String(far.getInputStream().readNBytes(2), StandardCharsets.US_ASCII));
        assertEquals(1, context.connections());
        far.close();
        assertNotNull(protocol.closed.poll(20, TimeUnit.SECONDS));
        context.close();
        assertFalse(near.isOpen());
    }

    /** It is nobody else's any more. */
    @Test
    void closesWhatComesInTheLastMoment() throws Exception {
        EventLoop loop = context.loops().get(0);
        CompletableFuture<CompletableFuture<Void>> adopting = new CompletableFuture<>();
        loop.execute(() -> loop.serveAtEndOfTurn(() -> {
            loop.stop();
            adopting.complete(context.adopt(vhost, Adoption.socket(near).withBytes(ByteBuffer.allocate(1))));
        }));
        CompletableFuture<Void> adopted = adopting.get(20, TimeUnit.SECONDS);
        context.close();
        assertTrue(adopted.isCompletedExceptionally());
        assertFalse(near.isOpen());
    }

    @Test
    void givesWhatWasReadBeforeFirst() throws Exception {
        far.getOutputStream().write(" world".getBytes(StandardCharsets.US_ASCII));
        adopt(Adoption.socket(near).withBytes(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("hello world", protocol.hear(11));
        assertEquals("hello world", new String(far.getInputStream().readNBytes(11), StandardCharsets.US_ASCII));
    }

    @Test
    void servesAsIfTheVhostHadAcceptedIt() throws Exception {
        context.adopt(vhost, Adoption.socket(near).withBytes(ByteBuffer.wrap(new byte[] {'x'})))
                .get(20, TimeUnit.SECONDS);
        assertEquals('x', far.getInputStream().read());
    }

    @Test
    void servesPipes() throws Exception {
        Pipe in = Pipe.open();
        Pipe out = Pipe.open();
        adopt(Adoption.pipe(in.source(), out.sink()));
        in.sink().write(ByteBuffer.wrap(new byte[] {'a', 'b'}));
        assertEquals("ab", protocol.hear(2));
        ByteBuffer back = ByteBuffer.allocate(2);
        while (back.hasRemaining()) {
            out.source().read(back);
        }
        assertArrayEquals(new byte[] {'a', 'b'}, back.array());
        in.sink().close();
        assertNotNull(protocol.closed.poll(20, TimeUnit.SECONDS));
        assertEquals(-1, out.source().read(back.clear()));
        out.source().close();
    }

    @Test
    void readsAFileToItsEnd(@TempDir Path directory) throws Exception {
        String text = "0123456789".repeat(30_000);
        Path file = Files.writeString(directory.resolve("file"), text);
        Recorder reader = Recorder.silent();
        context.loops().get(0).execute(() -> {
            try {
                RawAdoption.adopt(context.nets().get(0), Adoption.file(file), vhost, reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals(text, reader.hear(text.length()));
        assertNotNull(reader.closed.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void writesAFile(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("written");
        String text = "abc".repeat(100_000);
        RawSession<StringBuilder> session =
                adopt(Adoption.file(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        protocol.afterWriting = RawSession::close;
        session.execute(() -> Recorder.say(session, text));
        assertNotNull(protocol.closed.poll(20, TimeUnit.SECONDS));
        context.close();
        assertTrue(
                text.equals(Files.readString(file)),
                () -> "of " + text.length() + " there are " + file.toFile().length());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void readsAFifo(@TempDir Path directory) throws Exception {
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Recorder reader = Recorder.silent();
        Adoption opened = Adoption.file(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE);
        context.loops().get(0).execute(() -> {
            try {
                RawAdoption.adopt(context.nets().get(0), opened, vhost, reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (var out = Files.newOutputStream(fifo)) {
            out.write("through a fifo".getBytes(StandardCharsets.US_ASCII));
        }
        assertEquals("through a fifo", reader.hear(14));
    }

    @Test
    void listensOnASocketThatListensAlready() throws Exception {
        ServerSocketChannel channel = listen();
        Vhost served = Vhost.builder("listener")
                .listen(channel.getLocalAddress())
                .protocol("echo", (owner, options) -> protocol)
                .build();
        try (Context second = Context.builder()
                        .vhost(served)
                        .listener(Listener.adopt(channel))
                        .build()
                        .start();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write('z');
            assertEquals('z', client.getInputStream().read());
            assertEquals(1, second.listeners().size());
        }
        assertFalse(channel.isOpen());
    }

    @Test
    void refusesMisuseAtOnce() throws Exception {
        try (SocketChannel unconnected = SocketChannel.open();
                Selector selector = Selector.open();
                SocketChannel watched = SocketChannel.open();
                ServerSocketChannel unbound = ServerSocketChannel.open()) {
            assertThrows(IllegalArgumentException.class, () -> Adoption.socket(unconnected));
            watched.configureBlocking(false);
            watched.register(selector, 0);
            assertThrows(IllegalStateException.class, () -> Adoption.socket(watched));
            assertThrows(IllegalArgumentException.class, () -> Adoption.pipe(null, null));
            assertThrows(IllegalArgumentException.class, () -> Adoption.descriptor(-1));
            if (System.inheritedChannel() == null) { // what started the tests may have given them a socket to read from
                assertThrows(IllegalStateException.class, Adoption::inherited);
            }
            assertThrows(IllegalArgumentException.class, () -> Listener.adopt(unbound));
            Adoption twice = Adoption.socket(near);
            adopt(twice);
            ExecutionException e = assertThrows(ExecutionException.class, () -> adopt(twice));
            assertTrue(e.getCause() instanceof IllegalStateException);
        }
    }

    @Test
    void saysThatAPollerKnowsNoDescriptors() {
        ExecutionException e = assertThrows(ExecutionException.class, () -> adopt(Adoption.descriptor(0)));
        assertTrue(e.getCause() instanceof UnsupportedOperationException, e.toString());
    }
}
