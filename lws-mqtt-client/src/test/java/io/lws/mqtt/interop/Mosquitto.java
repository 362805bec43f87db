package io.lws.mqtt.interop;

import io.lws.testing.FreePort;
import io.lws.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A broker of the test's own, on a free port of loopback, that keeps its sessions over a restart. */
final class Mosquitto implements AutoCloseable {
    /**
     * For tests that restart it. With 0, which stands for no bound, mosquitto 2.0.11 reads all it had saved back as never
     * sent: it repeats PUBLISH where it had sent PUBREL before, against 4.3.3 of the standard, and the receiver, which has
     * let go of the identifier at that PUBREL, must take it for a new message.
     */
    static final String REMEMBERS_PUBREL = "max_inflight_messages 1000";

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern LISTENER = Pattern.compile("listener ([1-9]\\d*) ");
    private static final Pattern OUTGOING = Pattern.compile("(Sending PUBLISH|Sending PUBREL|Received PUBCOMP)"
            + " (?:to|from) (\\S+) \\((?:d\\d, q2, r\\d, )?(?:m|Mid: )(\\d+)");

    private final Path directory;
    private final int port;
    /** All of them: a listener for WebSockets comes up later than the others. */
    private final List<Integer> ports;

    private Process process;

    private Mosquitto(Path directory, int port, String more) throws IOException {
        this.directory = directory;
        this.port = port;
        this.ports = Stream.concat(
                        Stream.of(port), LISTENER.matcher(more).results().map(each -> Integer.valueOf(each.group(1))))
                .toList();
        this.process = launch();
    }

    static Mosquitto start() {
        return start("");
    }

    /** {@code more} are further lines of its configuration. */
    static Mosquitto start(String more) {
        Peer.MOSQUITTO.require();
        try {
            Path directory = Files.createTempDirectory("mosquitto");
            int port = freePort();
            Files.writeString(directory.resolve("mosquitto.conf"), """
                    listener %s 127.0.0.1
                    allow_anonymous true
                    user %s
                    persistence true
                    persistence_location %s/
                    autosave_interval 1
                    autosave_on_changes true
                    max_queued_messages 100000
                    max_inflight_messages 0
                    log_type all
                    log_timestamp_format %%H:%%M:%%S
                    %s
                    """.formatted(
                            port, System.getProperty("user.name"), directory, more));
            Mosquitto broker = new Mosquitto(directory, port, more);
            broker.awaitListening();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() throws IOException {
        return FreePort.next();
    }

    int port() {
        return port;
    }

    private Process launch() throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                "mosquitto", "-c", directory.resolve("mosquitto.conf").toString());
        command.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
        return command.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.resolve("log").toFile()))
                .start();
    }

    private void awaitListening() {
        ports.forEach(Mosquitto::awaitListening);
    }

    private static void awaitListening(int port) {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < PATIENCE_NS) {
            try (Socket probe = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
        throw new IllegalStateException("mosquitto does not listen on " + port);
    }

    /** What it has said so far. */
    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where by its own log it sent PUBLISH again after PUBREL (4.3.3): what comes twice then is not the client's fault. */
    String brokenPromises() {
        Set<String> released = new TreeSet<>();
        StringBuilder broken = new StringBuilder("PUBLISH after PUBREL:");
        Matcher lines = OUTGOING.matcher(log());
        while (lines.find()) {
            String exchange = lines.group(2) + " " + lines.group(3);
            switch (lines.group(1)) {
                case "Sending PUBREL" -> released.add(exchange);
                case "Received PUBCOMP" -> released.remove(exchange);
                default -> broken.append(released.contains(exchange) ? " " + exchange : "");
            }
        }
        return broken.toString();
    }

    /** Ends it as a service manager does, which makes it save its sessions, and starts it again. */
    void restart() {
        stop();
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitListening();
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.list(directory)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
