package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.SystemCallCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server in a process of its own, whose system calls can be counted. Its main class says the name of its poller and its
 * port on one line, and ends with its standard input.
 */
final class TracedServer implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final BufferedReader out;
    private final int port;

    /** What is done while the server is looked at. */
    interface Load {
        void run() throws IOException;
    }

    /** {@code poller} is the first argument. */
    TracedServer(Class<?> main, String poller, String... more) throws IOException {
        process = new ProcessBuilder(command(main, poller, more))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader();
        String[] nameAndPort = String.valueOf(out.readLine()).split(" ");
        assertEquals(poller.replaceFirst(":.*", ""), nameAndPort[0]);
        port = Integer.parseInt(nameAndPort[1]);
    }

    static List<String> command(Class<?> main, String poller, String... more) {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                poller));
        command.addAll(List.of(more));
        return command;
    }

    int port() {
        return port;
    }

    /** All system calls of the process during {@code load}, by name; {@code counts} is a file to write. */
    Map<String, Integer> trace(Path counts, Load load) throws IOException, InterruptedException {
        Process strace = new ProcessBuilder(
                        "strace", "-f", "-c", "-o", counts.toString(), "-p", Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader told = strace.inputReader()) {
            assertTrue(String.valueOf(told.readLine()).contains("attached"));
            load.run();
            new ProcessBuilder("kill", "-INT", Long.toString(strace.pid()))
                    .start()
                    .waitFor();
            strace.waitFor();
        }
        return SystemCallCounts.read(counts);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
        out.close();
    }
}
