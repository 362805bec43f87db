package io.lws.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The peers of a run, started together, so that rounds can go from one to the next. */
final class Servers implements AutoCloseable {
    private final Map<Peer, PeerProcess> running = new LinkedHashMap<>();

    private Servers() {}

    /** One that does not start is named and left out. */
    static Servers start(List<Peer> peers, ServerOptions options, Cores cores) {
        Servers servers = new Servers();
        for (Peer peer : peers) {
            try {
                servers.running.put(peer, PeerProcess.start(peer, options, cores));
            } catch (IOException e) {
                Progress.say(e.getMessage() + "; left out");
            }
        }
        return servers;
    }

    List<PeerProcess> able(Row row) {
        return running.values().stream()
                .filter(each -> each.peer().can(row))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    @Override
    public void close() {
        running.values().forEach(PeerProcess::close);
    }
}
