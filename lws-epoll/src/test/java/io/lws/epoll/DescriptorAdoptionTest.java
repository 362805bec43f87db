package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.net.Adoption;
import io.lws.net.Listener;
import io.lws.raw.RawAdoption;
import io.lws.raw.RawProtocol;
import io.lws.raw.RawSession;
import io.lws.raw.RawTx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorAdoptionTest {
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseInfo> closed = new LinkedBlockingQueue<>();
    private Context context = Context.builder().build();
    private Vhost vhost = Vhost.builder("none").build();

    @AfterEach
    void close() {
        context.close();
    }

    private static void requires(String poller) {
        assumeTrue(
                !poller.equals(UringProvider.NAME) || new UringProvider().available(), "the kernel refuses io_uring");
    }

    private void start(String poller) {
        requires(poller);
        context.close();
        vhost = Vhost.builder("fd").build();
        context = Context.builder().poller(poller).vhost(vhost).build().start();
    }

    /** Says back what it hears, where it is told to. */
    private final class Echo implements RawProtocol<StringBuilder> {
        private final boolean answers;

        Echo(boolean answers) {
            this.answers = answers;
        }

        @Override
        public StringBuilder newPss() {
            return new StringBuilder();
        }

        @Override
        public void onReceive(RawSession<StringBuilder> raw, ByteBuffer rx) {
            byte[] bytes = new byte[rx.remaining()];
            rx.get(bytes);
            heard.add(bytes);
            if (answers) {
                raw.pss().append(new String(bytes, StandardCharsets.ISO_8859_1));
                raw.requestWriteable();
            }
        }

        @Override
        public void onWriteable(RawSession<StringBuilder> raw, RawTx tx) {
            tx.write(ByteBuffer.wrap(raw.pss().toString().getBytes(StandardCharsets.ISO_8859_1)));
            raw.pss().setLength(0);
        }

        @Override
        public void onClosed(RawSession<StringBuilder> raw, CloseInfo info) {
            closed.add(info);
        }
    }

    private void adopt(int fd, boolean answers) throws Exception {
        CompletableFuture<Void> adopted = new CompletableFuture<>();
        context.loops().get(0).execute(() -> {
            try {
                RawAdoption.adopt(context.nets().get(0), Adoption.descriptor(fd), vhost, new Echo(answers));
                adopted.complete(null);
            } catch (IOException | RuntimeException e) {
                adopted.completeExceptionally(e);
            }
        });
        adopted.get(20, TimeUnit.SECONDS);
    }

    private byte[] hear(int atLeast) throws Exception {
        byte[] all = new byte[0];
        while (all.length < atLeast) {
            byte[] more = heard.poll(20, TimeUnit.SECONDS);
            assertNotNull(more, "heard nothing more");
            byte[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
            System.arraycopy(more, 0, joined, all.length, more.length);
            all = joined;
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "epoll:level", "uring"})
    void talksOverATerminal(String poller) throws Throwable {
        start(poller);
        int[] pty = Libc.openPty();
        adopt(pty[0], true);
        Libc.write(pty[1], "what is typed".getBytes(StandardCharsets.US_ASCII));
        assertArrayEquals("what is typed".getBytes(StandardCharsets.US_ASCII), hear(13));
        assertArrayEquals("what is typed".getBytes(StandardCharsets.US_ASCII), readFully(pty[1], 13));
        Libc.close(pty[1]);
        assertNotNull(closed.poll(20, TimeUnit.SECONDS), "the terminal has hung up");
    }

    private static byte[] readFully(int fd, int length) {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            all.put(Libc.read(fd, all.remaining()));
        }
        return all.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "epoll:level", "uring"})
    void readsAFifo(String poller, @TempDir Path directory) throws Throwable {
        start(poller);
        Path fifo = directory.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        int fd = Libc.open(fifo);
        adopt(fd, false);
        byte[] much = new byte[300_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) i;
        }
        try (var out = Files.newOutputStream(fifo)) {
            out.write(much);
        }
        assertArrayEquals(much, hear(much.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "epoll:level", "uring"})
    void hearsOfNewFilesByInotify(String poller, @TempDir Path directory) throws Throwable {
        start(poller);
        adopt(Libc.inotify(directory), false);
        Files.createFile(directory.resolve("made"));
        byte[] event = hear(16);
        assertTrue(new String(event, StandardCharsets.ISO_8859_1).contains("made"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void firesWithATimerDescriptor(String poller) throws Throwable {
        start(poller);
        adopt(Libc.timer(), false);
        assertEquals(
                1,
                ByteBuffer.wrap(hear(8)).order(java.nio.ByteOrder.nativeOrder()).getLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void talksOverASocketByItsNumber(String poller) throws Throwable {
        start(poller);
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(server.getLocalAddress());
                Socket far = server.accept().socket()) {
            near.configureBlocking(false);
            adopt(new Calls().duplicate(OpenDescriptors.ofChannel(near)), true);
            far.setSoTimeout(20_000);
            far.getOutputStream().write('x');
            assertEquals('x', far.getInputStream().read());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void refusesWhatIsClosedOrCannotBeWaitedFor(String poller, @TempDir Path directory) throws Throwable {
        start(poller);
        int closedFd = new Calls().eventfd();
        Libc.close(closedFd);
        assertRefused(closedFd, "not open");
        int file = Libc.open(Files.createFile(directory.resolve("file")));
        assertRefused(file, "cannot be waited for");
    }

    private void assertRefused(int fd, String why) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> adopt(fd, false));
        assertInstanceOf(IllegalArgumentException.class, e.getCause());
        assertTrue(e.getCause().getMessage().contains(why), e.getCause().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void listensOnASocketByItsNumber(String poller) throws Throwable {
        requires(poller);
        context.close();
        try (ServerSocketChannel bound =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            bound.configureBlocking(false);
            int fd = new Calls().duplicate(OpenDescriptors.ofChannel(bound));
            Listener listener = Listener.adopt(new EpollProvider().listening(fd));
            vhost = Vhost.builder("fd")
                    .listen(bound.getLocalAddress())
                    .protocol("echo", (owner, options) -> new Echo(true))
                    .build();
            context = Context.builder()
                    .poller(poller)
                    .vhost(vhost)
                    .listener(listener)
                    .build()
                    .start();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                client.setSoTimeout(20_000);
                client.getOutputStream().write('l');
                assertEquals('l', client.getInputStream().read());
            }
        }
        int eventFd = new Calls().eventfd();
        assertThrows(IllegalArgumentException.class, () -> new EpollProvider().listening(eventFd));
        Libc.close(eventFd);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "uring"})
    void acceptsOnEveryLoopFromASocketOfItsOwn(String poller) throws Exception {
        requires(poller);
        context.close();
        vhost = Vhost.builder("shared")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("echo", (owner, options) -> new Echo(true))
                .build();
        context = Context.builder()
                .poller(poller)
                .loops(2)
                .acceptOnEveryLoop()
                .vhost(vhost)
                .build()
                .start();
        java.util.List<Socket> clients = new java.util.ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), vhost.port());
            client.setSoTimeout(20_000);
            client.getOutputStream().write('s');
            assertEquals('s', client.getInputStream().read());
            clients.add(client);
        }
        assertTrue(context.nets().stream().allMatch(net -> net.load() > 0), "a loop has accepted nothing");
        for (Socket each : clients) {
            each.close();
        }
    }
}
