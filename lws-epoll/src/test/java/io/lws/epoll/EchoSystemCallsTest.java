package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.testing.Peer;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server asks of the kernel for small echoes on 64 connections; prints the table of docs/performance.md. */
class EchoSystemCallsTest {
    private static final int CONNECTIONS = 64;
    private static final int ROUNDS = 157;
    private static final int WARM_UP_ROUNDS = 50;
    private static final int FEW_ROUNDS = 20;
    private static final int ECHOES = ROUNDS * CONNECTIONS;
    private static final int MESSAGE_BYTES = 64;
    /** No events, for a timeout of 0 ms. */
    private static final Pattern LOOK_IN_VAIN = Pattern.compile("\\[\\], \\d+, 0\\) += 0$");

    @TempDir
    Path directory = Path.of(".");

    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void needsStrace() {
        Peer.STRACE.require();
    }

    /** A message for each connection is under way at once. */
    private void rounds(int count) throws IOException {
        byte[] message = new byte[MESSAGE_BYTES];
        for (int i = 0; i < count; i++) {
            for (Socket each : clients) {
                each.getOutputStream().write(message);
            }
            for (Socket each : clients) {
                new DataInputStream(each.getInputStream()).readFully(message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"nio, 2.5", "epoll, 2.5", "uring, 0.5"})
    void ofAnEcho(String poller, double most) throws Exception {
        assumeTrue(!poller.equals("uring") || new UringProvider().available(), "the kernel refuses io_uring");
        Map<String, Integer> calls =
                served(poller, server -> server.count(directory.resolve("counts"), () -> rounds(ROUNDS)));
        int all = calls.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("| %s | %d | %s |%n", poller, all * 10_000L / ECHOES, worthNaming(calls));
        assertTrue(all >= ROUNDS, "not traced: " + calls);
        assertTrue(all <= most * ECHOES, "for " + ECHOES + " echoes: " + calls);
    }

    @Test
    void looksAgainBeforeItSleepsWhereItIsToldTo() throws Exception {
        assertEquals(0, looksInVain("epoll"));
        assertTrue(looksInVain("epoll:busy=2000") > 0);
    }

    /** How often it has asked, without waiting, where there was nothing. */
    private long looksInVain(String poller) throws Exception {
        List<String> calls = served(
                poller, server -> server.trace("epoll_wait", directory.resolve("calls"), () -> rounds(FEW_ROUNDS)));
        assertTrue(calls.size() >= FEW_ROUNDS, () -> "not traced: " + calls);
        return calls.stream().filter(LOOK_IN_VAIN.asPredicate()).count();
    }

    @Test
    void isServedByEpollWhereIoUringIsRefused() throws Exception {
        List<String> command = new ArrayList<>(
                List.of("strace", "-f", "-q", "-e", "inject=io_uring_setup:error=EPERM", "-o", "/dev/null"));
        command.addAll(TracedServer.command(EchoServer.class, "uring"));
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = server.inputReader()) {
            StringBuilder log = new StringBuilder();
            String line;
            while ((line = out.readLine()) != null && !line.startsWith("epoll ")) {
                log.append(line).append('\n');
            }
            assertEquals("epoll", String.valueOf(line).split(" ")[0]);
            assertTrue(
                    log.toString()
                            .contains("[uring] io_uring does not work here"
                                    + " (io_uring_setup: Operation not permitted): epoll serves instead"),
                    log.toString());
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private static String worthNaming(Map<String, Integer> calls) {
        StringBuilder text = new StringBuilder();
        calls.entrySet().stream()
                .filter(each -> each.getValue() > ECHOES / 200)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                        .append(each.getKey())
                        .append(' ')
                        .append(each.getValue() * 10_000L / ECHOES));
        return text.toString();
    }

    private interface Look<T> {
        T at(TracedServer server) throws Exception;
    }

    private <T> T served(String poller, Look<T> look) throws Exception {
        try (TracedServer server = new TracedServer(EchoServer.class, poller)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(20_000);
                clients.add(socket);
            }
            rounds(WARM_UP_ROUNDS);
            return look.at(server);
        } finally {
            for (Socket each : clients) {
                each.close();
            }
            clients.clear();
        }
    }
}
