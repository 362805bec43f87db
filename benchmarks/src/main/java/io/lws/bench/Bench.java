package io.lws.bench;

import io.lws.bench.mqtt.MqttSideBySide;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code ./lws bench}: the library beside its peers, or with {@code --jmh} its parts, or {@code --mqtt} its MQTT client. */
public final class Bench {
    private static final String JMH = "--jmh";
    private static final String MQTT = "--mqtt";
    private static final int FAILED = 1;
    private static final int MISUSE = 2;

    private Bench() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals(JMH)) {
            microBenchmarks(Arrays.copyOfRange(args, 1, args.length));
        } else if (args.length > 0 && args[0].equals(MQTT)) {
            System.exit(MqttSideBySide.run(
                    Layout.ownClassPath() + File.pathSeparator + Layout.peerClassPath(),
                    Arrays.copyOfRange(args, 1, args.length)));
        } else {
            System.exit(run(args));
        }
    }

    private static void microBenchmarks(String... args) throws CommandLineOptionException, RunnerException {
        new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    private static int run(String... args) throws IOException, InterruptedException {
        BenchOptions options = new BenchOptions();
        CommandLine line = new CommandLine(options);
        try {
            line.parseArgs(args);
            if (options.help) {
                line.usage(System.out);
                return 0;
            }
            return run(options) ? 0 : FAILED;
        } catch (ParameterException | IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            return MISUSE;
        }
    }

    private static boolean run(BenchOptions options) throws IOException, InterruptedException {
        if (options.list) {
            list();
            return true;
        }
        Cores cores = Cores.forLoops(options.loops);
        if (options.startup) {
            return new Startup(options, cores).run();
        }
        cores.pinThisProcess();
        if (options.idle > 0) {
            return new IdleMemory(options, cores).run();
        }
        if (options.syscalls) {
            return new SystemCalls(options, cores).run();
        }
        if (!options.profile.isEmpty()) {
            return new Profile(options, cores).run();
        }
        return options.latency ? new Latency(options, cores).run() : new SideBySide(options, cores).run();
    }

    private static void list() {
        for (Row row : Row.all()) {
            System.out.printf("%-12s %s%n", row.title, row.meaning);
        }
        System.out.println(Arrays.stream(Peer.ALL.split(",", -1))
                .filter(name -> Peer.named(name).isPresent())
                .collect(Collectors.joining(" ", "peers: ", "")));
    }
}
