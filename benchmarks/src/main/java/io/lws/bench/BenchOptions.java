package io.lws.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a run is asked to do. */
@Command(
        name = "bench",
        sortOptions = false,
        description = "Measures the library beside its peers. With --jmh: its parts, each alone.",
        footer = {
            "",
            "./lws bench --jmh [REGEX] [JMH OPTIONS] runs the micro benchmarks, with allocation rates.",
            "./lws bench --mqtt [ROUNDS [MESSAGES [TRIPS]]] measures MQTT clients on one mosquitto."
        })
final class BenchOptions {
    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description = "servers, separated by commas: " + Peer.ALL + " (default: all), or lws-POLLER")
    List<String> peers = List.of(Peer.ALL.split(",", -1));

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "ROW",
            description = "what to measure (default: all; see --list)")
    List<String> rows = new ArrayList<>();

    @Option(names = "--secs", paramLabel = "S", description = "seconds a measurement takes (default 3)")
    double secs = 3;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds, in each of which every peer has its turn (default 5)")
    int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "seconds of load before a peer's first round (default 5)")
    double warmUp = 5;

    @Option(names = "--loops", paramLabel = "N", description = "event loops of each server (default 1)")
    int loops = 1;

    @Option(names = "--jdk", paramLabel = "DIR", description = "the JDK that servers run on (default: this one)")
    Path jdk = Path.of(System.getProperty("java.home"));

    @Option(names = "--baseline", paramLabel = "PEER", description = "what ratios are taken to (default netty-epoll)")
    String baseline = "netty-epoll";

    @Option(names = "--latency", description = "open loop: percentiles at half the rate of the slowest")
    boolean latency;

    @Option(names = "--rate", paramLabel = "N", description = "with --latency: this many operations a second")
    double rate;

    @Option(names = "--idle", paramLabel = "K", description = "memory of K idle WebSocket connections")
    int idle;

    @Option(names = "--startup", description = "time from start to the first answer")
    boolean startup;

    @Option(names = "--syscalls", description = "system calls per operation, counted by strace")
    boolean syscalls;

    @Option(names = "--profile", paramLabel = "ROW", description = "where the time goes: a flame graph of each peer")
    String profile = "";

    @Option(names = "--list", description = "names the rows and the peers that are here")
    boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "this text")
    boolean help;

    List<Row> chosenRows() {
        return rows.isEmpty() ? Row.all() : rows.stream().map(Row::named).toList();
    }

    /** Those asked for that are here; what is missing is named on the error stream. */
    List<Peer> chosenPeers() {
        List<Peer> present = new ArrayList<>();
        for (String name : peers) {
            Peer peer = Peer.named(name);
            if (peer.isPresent()) {
                present.add(peer);
            } else {
                Progress.say(name + " is not here; left out");
            }
        }
        return present;
    }

    ServerOptions server() {
        return ServerOptions.of(jdk, loops);
    }

    Duration measured() {
        return seconds(secs);
    }

    /** Of a peer on a row for the first time: just in time compilers need it, native code does not. */
    Duration warmUp(Peer peer) {
        return peer.isJvm() ? seconds(warmUp) : seconds(Math.min(warmUp, 0.5));
    }

    /** Of each further round. */
    Duration settle() {
        return seconds(Math.min(secs / 4, 0.5));
    }

    private static Duration seconds(double value) {
        return Duration.ofNanos((long) (value * 1e9));
    }
}
