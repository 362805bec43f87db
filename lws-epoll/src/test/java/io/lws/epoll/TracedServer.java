package io.lws.epoll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.SystemCallCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
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
    Map<String, Integer> count(Path counts, Load load) throws IOException, InterruptedException {
        strace(counts, load, "-c");
        return SystemCallCounts.read(counts);
    }

    /** The calls of one name during {@code load}, with their arguments and results; {@code calls} is a file to write. */
    List<String> trace(String name, Path calls, Load load) throws IOException, InterruptedException {
        strace(calls, load, "-e", "trace=" + name);
        return Files.readAllLines(calls);
    }

    private void strace(Path to, Load load, String... how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-o", to.toString()));
        command.addAll(List.of(how));
        command.addAll(List.of("-p", Long.toString(process.pid())));
        Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader told = strace.inputReader()) {
            assertTrue(String.valueOf(told.readLine()).contains("attached"));
            load.run();
            new ProcessBuilder("kill", "-INT", Long.toString(strace.pid()))
                    .start()
                    .waitFor();
            strace.waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
        out.close();
    }
}
