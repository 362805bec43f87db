package io.lws.bench;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row works, for a moment, on our server; with {@code -Dbench.peers=NAME,...} on others too. */
class SmokeTest {
    private static final Timing MOMENT = Timing.of(Duration.ofMillis(20), Duration.ofMillis(100));
    private static final Timing LONGER = Timing.of(Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final Timing LONGEST = Timing.of(Duration.ofSeconds(5), Duration.ofSeconds(5));

    static Stream<Peer> peers() {
        return Stream.of(System.getProperty("bench.peers", "lws").split(",")).map(Peer::named);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void servesEveryRow(Peer peer) throws IOException {
        assumeTrue(peer.isPresent());
        ServerOptions options = new BenchOptions().server();
        try (PeerProcess server = PeerProcess.start(peer, options, new Cores(false))) {
            List<Row> able = Row.all().stream().filter(peer::can).toList();
            for (Row row : able) {
                assertOperates(row.title, moment -> Load.closed(row, server, moment));
            }
            assertOperates("open loop", moment -> Load.open(Row.HTTP_C64, server, moment, 1_000_000));
        }
    }

    /** A load for so long. */
    private interface Try {
        LoadResult run(Timing moment) throws IOException;
    }

    /** A moment is enough, but for the first of its kind on a machine with other work. */
    private static void assertOperates(String what, Try load) throws IOException {
        for (Timing each : List.of(MOMENT, LONGER, LONGEST)) {
            if (load.run(each).operations() > 0) {
                return;
            }
        }
        fail(what + ": nothing in " + LONGEST);
    }
}
