package io.lws.bench;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a server's time goes under one row: a flame graph and the collapsed stacks behind it by async-profiler, where
 * its library can be loaded; a flight recording where not.
 */
final class Profile {
    private final BenchOptions options;
    private final Cores cores;
    private final Row row;

    Profile(BenchOptions options, Cores cores) {
        this.options = options;
        this.cores = cores;
        this.row = Row.named(options.profile);
    }

    boolean run() throws IOException {
        ServerOptions frames = options.server().plus("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");
        for (Peer peer : options.chosenPeers()) {
            if (peer.isJvm() && peer.can(row)) {
                try (PeerProcess server = PeerProcess.start(peer, frames, cores)) {
                    Load.closed(row, server, Timing.of(options.warmUp(peer), Duration.ZERO));
                    Path written = profile(server);
                    System.out.println(peer + ": " + written);
                }
            }
        }
        return true;
    }

    private Path profile(PeerProcess server) throws IOException {
        Optional<Path> library = AsyncProfiler.library();
        if (library.isPresent()) {
            try {
                return asyncProfiler(server, library.get());
            } catch (IOException e) {
                Progress.say("async-profiler cannot be used here, so a flight recording it is: " + e.getMessage());
            }
        }
        return flightRecorder(server);
    }

    private Path asyncProfiler(PeerProcess server, Path library) throws IOException {
        Path flame = output(server, ".html");
        agent(server, library, "start,event=cpu,interval=500us");
        load(server);
        agent(server, library, "dump,collapsed,file=" + output(server, ".collapsed"));
        agent(server, library, "stop,flamegraph,file=" + flame);
        return flame;
    }

    private Path flightRecorder(PeerProcess server) throws IOException {
        Path recording = output(server, ".jfr");
        jcmd(server, "JFR.start", "name=bench", "settings=profile");
        load(server);
        jcmd(server, "JFR.stop", "name=bench", "filename=" + recording);
        return recording;
    }

    private void load(PeerProcess server) throws IOException {
        LoadResult result = Load.closed(row, server, Timing.of(Duration.ZERO, options.measured()));
        Progress.say("%s: %.2f µs/op while profiled", server.peer(), result.serverCpuUs());
    }

    private void agent(PeerProcess server, Path library, String what) throws IOException {
        // in quotes, or it would be taken for an option of jcmd
        String said = jcmd(server, "JVMTI.agent_load", library.toString(), '"' + what + '"');
        if (!said.contains("return code: 0")) {
            throw new IOException(said.trim());
        }
    }

    private String jcmd(PeerProcess server, String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(options.server().jcmd().toString(), Long.toString(server.pid())));
        all.addAll(List.of(command));
        return Tool.run(all);
    }

    private Path output(PeerProcess server, String ending) throws IOException {
        Path directory = Files.createDirectories(Layout.target().resolve("profiles"));
        return directory.resolve(row.title + "-" + server.peer() + ending);
    }
}
