package io.lws.bench;

import io.lws.bench.load.BroadcastClient;
import io.lws.bench.load.LoadClient;
import io.lws.bench.load.LoadResult;
import io.lws.bench.load.Timing;
import io.lws.bench.load.Usage;
import java.io.IOException;
import java.util.function.Supplier;

/** Puts one row on one running peer. */
final class Load {
    private Load() {}

    static LoadResult closed(Row row, PeerProcess server, Timing timing) throws IOException {
        if (row.isH2()) {
            return H2Load.closed(row, server, timing);
        }
        Supplier<Usage> meter = new ProcessUsage(server.pid())::now;
        if (row.isBroadcast()) {
            try (BroadcastClient client = BroadcastClient.open(server.address(), row.spec())) {
                return client.run(timing, meter);
            }
        }
        try (LoadClient client = LoadClient.open(server.address(), row.spec())) {
            return client.runClosed(timing, meter);
        }
    }

    /** At a fixed rate; not for the broadcast, whose next message waits for the last. */
    static LoadResult open(Row row, PeerProcess server, Timing timing, long intervalNs) throws IOException {
        if (row.isH2()) {
            throw new IOException(row.title + " is measured in closed loop only");
        }
        try (LoadClient client = LoadClient.open(server.address(), row.spec())) {
            return client.runOpen(intervalNs, timing, new ProcessUsage(server.pid())::now);
        }
    }
}
