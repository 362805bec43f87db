package io.lws.bench.mqtt;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code ./lws bench --mqtt [ROUNDS [MESSAGES [TRIPS]]]}: every client has its turn in each round, on one mosquitto. The
 * figures are medians over the rounds; ratios are of ours to the better of the peers in the same round.
 */
public final class MqttSideBySide {
    private static final List<String> CLIENTS = List.of("lws", "hivemq", "paho");
    private static final List<String> ROWS = List.of(
            "rate 0",
            "rate 1",
            "rate 2",
            "cpu 0",
            "cpu 1",
            "cpu 2",
            "trip 0",
            "trip 1",
            "trip 2",
            "p99 0",
            "p99 1",
            "p99 2",
            "chain 0",
            "chain 1",
            "chain 2",
            "chain99 0",
            "chain99 1",
            "chain99 2");

    private final String classPath;
    private final int rounds;
    private final String messages;
    private final String trips;
    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    private MqttSideBySide(String classPath, List<String> args) {
        this.classPath = classPath;
        rounds = args.isEmpty() ? 5 : Integer.parseInt(args.get(0));
        messages = args.size() > 1 ? args.get(1) : "100000";
        trips = args.size() > 2 ? args.get(2) : "4000";
    }

    /** Returns the exit status. */
    public static int run(String classPath, String... args) throws IOException, InterruptedException {
        MqttSideBySide bench = new MqttSideBySide(classPath, Arrays.asList(args));
        int port = freePort();
        Process broker = broker(port);
        try {
            bench.measure(port);
        } finally {
            broker.destroy();
            broker.waitFor();
        }
        bench.print();
        return 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Without bounds, so that the client is what is measured, and without Nagle's delay, which would measure nobody. */
    private static Process broker(int port) throws IOException {
        Path file = Files.createTempFile("bench", ".conf");
        Files.writeString(
                file,
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n"
                        + "max_inflight_messages 0\nmax_queued_messages 0\n");
        ProcessBuilder command = new ProcessBuilder("mosquitto", "-c", file.toString());
        command.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + File.pathSeparator + sbin);
        Process process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (process.isAlive() && !listens(port)) {
            LockSupport.parkNanos(10_000_000);
        }
        return process;
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void measure(int port) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < CLIENTS.size(); i++) {
                String client = CLIENTS.get((i + round) % CLIENTS.size());
                System.err.println("round " + (round + 1) + " of " + rounds + ": " + client);
                record(client, one(client, port));
            }
        }
    }

    private List<String> one(String client, int port) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms256m",
                        "-Xmx256m",
                        "-cp",
                        classPath,
                        MqttRun.class.getName(),
                        client,
                        Integer.toString(port),
                        messages,
                        trips)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(client + " failed");
        }
        return said.lines().toList();
    }

    private void record(String client, List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            add(words[0] + " " + words[1], client, words[2]);
            add(second(words[0]) + " " + words[1], client, words[3]);
        }
    }

    /** What the other figure of a line is. */
    private static String second(String first) {
        return switch (first) {
            case "rate" -> "cpu";
            case "trip" -> "p99";
            default -> "chain99";
        };
    }

    private void add(String row, String client, String figure) {
        figures.computeIfAbsent(row + " " + client, key -> new ArrayList<>()).add(Double.parseDouble(figure));
    }

    // ---- the table

    private void print() {
        System.out.println("| | lws | HiveMQ | Paho | lws to the better |");
        System.out.println("|---|---|---|---|---|");
        for (String row : ROWS) {
            boolean more = row.startsWith("rate");
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f |%n",
                    title(row),
                    figure(row, "lws"),
                    figure(row, "hivemq"),
                    figure(row, "paho"),
                    median(ratios(row, more)));
        }
    }

    private static String title(String row) {
        String qos = "QoS " + row.charAt(row.length() - 1);
        return switch (row.substring(0, row.indexOf(' '))) {
            case "rate" -> "messages/s, " + qos;
            case "cpu" -> "CPU µs per message, " + qos;
            case "trip" -> "round trip µs, p50, " + qos;
            case "p99" -> "round trip µs, p99, " + qos;
            case "chain" -> "from handler to handler µs, p50, " + qos;
            default -> "from handler to handler µs, p99, " + qos;
        };
    }

    private String figure(String row, String client) {
        return String.format(Locale.ROOT, row.startsWith("cpu") ? "%.1f" : "%.0f", median(all(row, client)));
    }

    private List<Double> all(String row, String client) {
        return figures.getOrDefault(row + " " + client, List.of());
    }

    private List<Double> ratios(String row, boolean more) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < all(row, "lws").size(); i++) {
            double hivemq = all(row, "hivemq").get(i);
            double paho = all(row, "paho").get(i);
            ratios.add(all(row, "lws").get(i) / (more ? Math.max(hivemq, paho) : Math.min(hivemq, paho)));
        }
        return ratios;
    }

    private static double median(List<Double> of) {
        List<Double> sorted = of.stream().sorted().toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }
}
