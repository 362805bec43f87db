package io.lws.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;
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
                LoadResult result = Load.closed(row, server, MOMENT);
                assertTrue(result.operations() > 0, row.title);
            }
            LoadResult paced = Load.open(Row.HTTP_C64, server, MOMENT, 1_000_000);
            assertTrue(paced.operations() > 0, "open loop");
        }
    }
}
