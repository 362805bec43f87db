package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A process the test has started, and what it prints. Ended with the test at the latest. */
final class Program implements AutoCloseable {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What a service manager or a user has said to this process, and a program would take for said to itself. */
    private static final Pattern SAID_TO_US =
            Pattern.compile("(?i).*_proxy|NOTIFY_SOCKET|WATCHDOG_.*|LISTEN_.*|LWSWS_.*"
                    + "|STATE_DIRECTORY|RUNTIME_DIRECTORY|XDG_RUNTIME_DIR");
    /** What a JVM says first where options stand in its environment. */
    private static final Pattern PICKED_UP = Pattern.compile("(NOTE: )?Picked up \\w+_OPTIONS: .*");

    private final Process process;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> printed = new ArrayList<>();
    private final Thread reader;

    private Program(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    // ---- starting

    /** Any command, with standard error among its output. */
    static Program start(List<String> command, Map<String, String> environment, @Nullable Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        leaveOutWhatWasSaidToUs(builder);
        builder.environment().putAll(environment);
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        try {
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that a program of a test's does the same wherever the test runs. */
    static void leaveOutWhatWasSaidToUs(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> SAID_TO_US.matcher(name).matches());
    }

    /**
     * Java with a class path; SIGINT and SIGHUP work also where the test was started with them ignored, as in a script's
     * background or by nohup.
     */
    static Program java(String classPath, @Nullable Path directory, String... mainAndArguments) {
        return java(classPath, directory, Map.of(), mainAndArguments);
    }

    private static Program java(
            String classPath, @Nullable Path directory, Map<String, String> environment, String... mainAndArguments) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT,HUP", JAVA, "-cp", classPath));
        command.addAll(List.of(mainAndArguments));
        return start(command, environment, directory);
    }

    /** An example that serves, as {@code ./lws run} starts it, on a free port. */
    static Program example(String groupAndName, String... arguments) {
        return example(groupAndName, 0, arguments);
    }

    /** An example with the port that it serves or, where it is a client, calls. */
    static Program example(String groupAndName, int port, String... arguments) {
        return example(groupAndName, port, Map.of(), arguments);
    }

    /** The same with additions to its environment. */
    static Program example(String groupAndName, int port, Map<String, String> environment, String... arguments) {
        Path module = ROOT.resolve("minimal-examples").resolve(groupAndName);
        List<String> all = new ArrayList<>(List.of(mainOf(module), "-p", Integer.toString(port)));
        all.addAll(List.of(arguments));
        return java(classPath(module), module, environment, all.toArray(String[]::new));
    }

    /** An example on a JVM with options of its own. */
    static Program exampleWith(List<String> jvmOptions, Path module, String... arguments) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.add(mainOf(module));
        all.addAll(List.of(arguments));
        return java(classPath(module), module, all.toArray(String[]::new));
    }

    /** {@code lwsws} as {@code ./lws serve} starts it, on a free port. */
    static Program lwsws(Path configuration, Path plugins) {
        return lwsws(configuration, plugins, List.of("-p", "0"));
    }

    /** As the other, with the ports that its configuration says unless {@code more} says others. */
    static Program lwsws(Path configuration, Path plugins, List<String> more) {
        List<String> all = new ArrayList<>(List.of("io.lws.lwsws.LwswsMain", "-c", configuration.toString()));
        all.addAll(List.of("--plugin-dir", plugins.toString()));
        all.addAll(more);
        return java(classPath(ROOT.resolve("lwsws")), null, all.toArray(String[]::new));
    }

    private static String mainOf(Path module) {
        Path sources = module.resolve("src/main/java");
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.getFileName().toString().matches("Minimal.*\\.java"))
                    .map(file -> sources.relativize(file)
                            .toString()
                            .replace(".java", "")
                            .replace('/', '.'))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath(Path module) {
        try {
            return module.resolve("target/classes") + ":" + Files.readString(module.resolve("target/classpath.txt"));
        } catch (IOException e) {
            throw new IllegalStateException(module + " is not built: run ./lws test, or mvn verify from the root", e);
        }
    }

    // ---- talking to it

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (PICKED_UP.matcher(line).matches()) {
                    continue;
                }
                synchronized (printed) {
                    printed.add(line);
                }
                lines.add(line);
            }
        } catch (IOException e) {
            // the process is gone, and with it what it had to say
            return;
        }
    }

    /** All it has printed so far. */
    String output() {
        synchronized (printed) {
            return String.join("\n", printed);
        }
    }

    /** Waits for a line that has {@code pattern} in it, passing over others. */
    Matcher awaitLine(String pattern) {
        return awaitLine(pattern, PATIENCE);
    }

    Matcher awaitLine(String pattern, Duration patience) {
        Pattern wanted = Pattern.compile(pattern);
        long endNs = System.nanoTime() + patience.toNanos();
        while (true) {
            String line = next(endNs - System.nanoTime());
            if (line == null) {
                return fail("no line like " + pattern + ", but:\n" + output());
            }
            Matcher found = wanted.matcher(line);
            if (found.find()) {
                return found;
            }
        }
    }

    private @Nullable String next(long waitNs) {
        try {
            return lines.poll(Math.max(0, waitNs), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** The port in the line that says it is ready. */
    int awaitPort() {
        return Integer.parseInt(awaitLine("^ready \\S+:(\\d+)").group(1));
    }

    void send(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(output(), e);
        }
    }

    /** What it has cost so far, in user and system mode. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    // ---- ending it

    /** Sends the signal ({@code INT}, {@code TERM}) and gives the exit status. */
    int end(String signal) {
        signal(signal);
        return awaitExit(PATIENCE);
    }

    /** Sends the signal and does not wait for what comes of it. */
    void signal(String signal) {
        try {
            int killed = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .start()
                    .waitFor();
            assertTrue(killed == 0, "kill says " + killed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its own end and gives the exit status. */
    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return fail("did not end in " + patience.toSeconds() + " s:\n" + output());
            }
            reader.join(patience.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when it is gone: what it writes to may be a directory of the test's, which is deleted next. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
        all.addAll(process.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly); // it first: one such as nginx replaces a child that ends
        Await.until("the end of " + all, PATIENCE, () -> all.stream().noneMatch(Program::runs));
    }

    /** An orphan that has ended may stay in the table of processes, where nobody asks for it. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
