package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import io.lws.testing.SystemCallCounts;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts what the server asks of the kernel for each small thing; prints the figures of docs/performance.md. */
class SystemCallsTest {
    private static final int WARM_UP = 200;
    private static final int COUNTED = 2_000;
    /** Of the loop's thread alone, which may find half a request now and then. A call too many for each would be ten times this. */
    private static final int STRAY = COUNTED / 10;

    private static final List<String> READS = List.of("read", "readv", "recvfrom", "recvmsg");
    private static final List<String> WRITES = List.of("write", "writev", "sendto", "sendmsg");

    @TempDir
    Path directory = Path.of(".");

    @BeforeEach
    void needsStrace() {
        Peer.STRACE.require();
    }

    /** What the client does once. */
    private interface Step {
        void run(Socket socket, DataInputStream in) throws IOException;
    }

    private Map<String, Integer> count(int port, Program server, Step opening, Step step) throws IOException {
        Path counts = directory.resolve("counts");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            opening.run(socket, in);
            for (int i = 0; i < WARM_UP; i++) {
                step.run(socket, in);
            }
            List<String> strace = List.of("strace", "-f", "-o", counts.toString(), "-p", Long.toString(server.pid()));
            try (Program tracer = Program.start(strace, Map.of(), null)) {
                tracer.awaitLine("attached");
                for (int i = 0; i < COUNTED; i++) {
                    step.run(socket, in);
                }
                tracer.end("INT");
            }
        }
        return SystemCallCounts.ofTheThreadThatCallsMost("epoll_wait", counts);
    }

    private static int sum(Map<String, Integer> calls, List<String> names) {
        return names.stream().mapToInt(name -> calls.getOrDefault(name, 0)).sum();
    }

    private static void assertFrugal(String what, Map<String, Integer> calls) {
        int reads = sum(calls, READS);
        int writes = sum(calls, WRITES);
        int waits = sum(calls, List.of("epoll_wait", "epoll_pwait", "epoll_pwait2"));
        System.out.printf(
                Locale.ROOT,
                "system calls for each %s: %.2f read, %.2f write, %.2f wait; epoll_ctl %d times in %d%n",
                what,
                reads / (double) COUNTED,
                writes / (double) COUNTED,
                waits / (double) COUNTED,
                calls.getOrDefault("epoll_ctl", 0),
                COUNTED);
        assertTrue(reads >= COUNTED - STRAY, "not traced: " + calls);
        assertTrue(reads <= COUNTED + STRAY, "reads: " + calls);
        assertTrue(writes <= COUNTED + STRAY, "writes: " + calls);
        assertTrue(waits <= COUNTED + STRAY, "waits: " + calls);
        assertEquals(0, calls.getOrDefault("epoll_ctl", 0), "epoll_ctl: " + calls);
    }

    @Test
    void ofASmallEcho() throws IOException {
        byte[] request = Arrays.copyOf(new byte[] {(byte) 0x81, (byte) 0x80 + 20}, 26); // masked with four zeros
        byte[] answer = Arrays.copyOf(new byte[] {(byte) 0x81, 20}, 22);
        Step opening = (socket, in) -> {
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertTrue(head(in).startsWith("HTTP/1.1 101 "));
        };
        Step echo = (socket, in) -> {
            socket.getOutputStream().write(request);
            assertTrue(Arrays.equals(answer, in.readNBytes(answer.length)));
        };
        try (Program server = Program.example("ws-server/minimal-ws-server-echo")) {
            assertFrugal("small echo", count(server.awaitPort(), server, opening, echo));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/dyn"})
    void ofASmallRequest(String path) throws IOException {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        Step get = (socket, in) -> {
            socket.getOutputStream().write(request);
            String head = head(in).toLowerCase(Locale.ROOT);
            assertTrue(head.startsWith("http/1.1 200 "), head);
            int length = head.indexOf("content-length: ");
            if (length >= 0) {
                int at = length + "content-length: ".length();
                in.readNBytes(Integer.parseInt(head.substring(at, head.indexOf('\r', at))));
            } else {
                readUntil(in, "\r\n0\r\n\r\n");
            }
        };
        try (Program server = Program.example("http-server/minimal-http-server-dynamic")) {
            assertFrugal("request of " + path, count(server.awaitPort(), server, (socket, in) -> {}, get));
        }
    }

    private static String head(DataInputStream in) throws IOException {
        return readUntil(in, "\r\n\r\n");
    }

    private static String readUntil(DataInputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
            text.append((char) in.readByte());
        }
        return text.toString();
    }
}
