package io.lws.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** From starting the process to its first answer, each peer in turn; ours also with an archive of its classes. */
final class Startup {
    private final BenchOptions options;
    private final Cores cores;

    Startup(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
    }

    private record Contender(
            String name, Peer peer, ServerOptions server, List<Double> millis, List<Double> cpuMillis) {
        Contender(String name, Peer peer, ServerOptions server) {
            this(name, peer, server, new ArrayList<>(), new ArrayList<>());
        }
    }

    boolean run() throws IOException {
        List<Contender> contenders = new ArrayList<>();
        for (Peer peer : options.chosenPeers()) {
            contenders.add(new Contender(peer.name(), peer, options.server()));
            if (peer.kind() == Peer.Kind.LWS) {
                contenders.add(new Contender(peer.name() + " + AppCDS", peer, archived(peer)));
            }
        }
        for (int round = 1; round <= options.rounds; round++) {
            for (Contender each : contenders) {
                measure(each);
            }
            Progress.say("round %d of %d", round, options.rounds);
        }
        report(contenders);
        return true;
    }

    private void measure(Contender contender) throws IOException {
        try (PeerProcess server = PeerProcess.start(contender.peer, contender.server, cores)) {
            contender.millis.add((System.nanoTime() - server.startedNs()) / 1e6);
            contender.cpuMillis.add(
                    (double) TimeUnit.NANOSECONDS.toMicros(new ProcessUsage(server.pid()).cpuNs()) / 1e3);
        }
    }

    /** Starts it once to write the archive as it ends. */
    private ServerOptions archived(Peer peer) throws IOException {
        Path archive = Layout.work().resolve(peer.name() + ".jsa");
        Files.deleteIfExists(archive);
        PeerProcess.start(peer, options.server().plus("-XX:ArchiveClassesAtExit=" + archive), cores)
                .close();
        return options.server().plus("-XX:SharedArchiveFile=" + archive);
    }

    private static void report(List<Contender> contenders) {
        System.out.println("| peer | ms to the first answer | CPU ms |");
        System.out.println("|---|--:|--:|");
        for (Contender each : contenders) {
            System.out.printf("| %s | %.0f | %.0f |%n", each.name, median(each.millis), median(each.cpuMillis));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
