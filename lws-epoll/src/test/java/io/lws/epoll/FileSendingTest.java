package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.testing.Peer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of files do not pass through the server's memory. */
class FileSendingTest {
    private static final int FILE_BYTES = 2 << 20;
    private static final int NARROW_BYTES = 32 << 10;

    private final byte[] content = new byte[FILE_BYTES];

    @TempDir
    Path directory = Path.of(".");

    private Path file() throws IOException {
        new Random(7).nextBytes(content);
        return Files.write(directory.resolve("large.bin"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll", "epoll:level", "uring"})
    void sendsFilesBySendfile(String poller) throws Exception {
        Peer.STRACE.require();
        assumeTrue(
                !poller.equals(UringProvider.NAME) || new UringProvider().available(), "the kernel refuses io_uring");
        file();
        try (TracedServer server = new TracedServer(FileServer.class, poller, directory.toString())) {
            fetch(server.port()); // so that the JVM has read its classes
            Map<String, Integer> calls = server.count(directory.resolve("counts"), () -> fetch(server.port()));
            int sends = calls.getOrDefault("sendfile", 0);
            assertTrue(sends > 2, "a client that takes little at a time, and sendfile: " + calls);
            int copies = calls.getOrDefault("sendto", 0) + calls.getOrDefault("pread64", 0);
            assertTrue(copies < 20, "copied: " + calls);
        }
    }

    private void fetch(int port) throws IOException {
        assertArrayEquals(content, get(port, ""));
        assertArrayEquals(
                Arrays.copyOfRange(content, 100_001, 1_500_000), get(port, "Range: bytes=100001-1499999\r\n"));
    }

    /** By a client that keeps the server waiting. */
    private static byte[] get(int port, String field) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(NARROW_BYTES);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("GET /large.bin HTTP/1.1\r\nHost: files\r\nConnection: close\r\n" + field + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertEquals(field.isEmpty() ? "HTTP/1.1 200" : "HTTP/1.1 206", head.substring(0, 12));
            return in.readAllBytes();
        }
    }

    @Test
    void opensAFileThatIsOtherwiseAsTheJdksOwn() throws IOException {
        Path file = file();
        FileChannel opened = DescriptorFile.open(new Calls(), file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        assertInstanceOf(DescriptorFile.class, opened);
        try (opened) {
            assertEquals(FILE_BYTES, opened.size());
            ByteBuffer some = ByteBuffer.allocate(10);
            assertEquals(10, opened.read(some, 5));
            assertArrayEquals(Arrays.copyOfRange(content, 5, 15), some.array());
            var out = new java.io.ByteArrayOutputStream();
            assertEquals(1000, opened.transferTo(1, 1000, Channels.newChannel(out)));
            assertArrayEquals(Arrays.copyOfRange(content, 1, 1001), out.toByteArray());
            assertThrows(NonWritableChannelException.class, () -> opened.write(some.flip()));
        }
        assertFalse(opened.isOpen());
        assertThrows(ClosedChannelException.class, () -> opened.read(ByteBuffer.allocate(1)));
        assertThrows(
                ClosedChannelException.class,
                () -> ((DescriptorFile) opened).sendTo(new Calls(), 0, 0, 1),
                "its number may be another's by now");
    }

    @Test
    void leavesNoDescriptorBehind() throws IOException {
        Path file = file();
        Calls calls = new Calls();
        try (FileChannel open = DescriptorFile.open(calls, file, StandardOpenOption.READ)) {
            assertTrue(open.isOpen());
            assertTrue(descriptorsOf(file) > 0, "it would be seen");
        }
        for (int i = 0; i < 10; i++) {
            DescriptorFile.open(calls, file, StandardOpenOption.READ).close();
        }
        assertEquals(0, descriptorsOf(file));
    }

    /** Of this file alone: threads of the JVM's own open and close others at any time. */
    private static long descriptorsOf(Path file) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                try {
                    count += Files.readSymbolicLink(each).equals(file.toRealPath()) ? 1 : 0;
                } catch (NoSuchFileException e) {
                    continue; // closed by now
                }
            }
        }
        return count;
    }

    @Test
    void refusesWhatTheJdkRefuses() throws IOException {
        Calls calls = new Calls();
        Path link = Files.createSymbolicLink(directory.resolve("link"), file());
        assertThrows(
                IOException.class,
                () -> DescriptorFile.open(calls, link, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel followed = DescriptorFile.open(calls, link, StandardOpenOption.READ)) {
            assertInstanceOf(DescriptorFile.class, followed);
        }
        assertThrows(
                NoSuchFileException.class,
                () -> DescriptorFile.open(calls, directory.resolve("none"), StandardOpenOption.READ));
        try (FileChannel writable =
                DescriptorFile.open(calls, directory.resolve("large.bin"), StandardOpenOption.WRITE)) {
            assertFalse(writable instanceof DescriptorFile);
        }
    }
}
