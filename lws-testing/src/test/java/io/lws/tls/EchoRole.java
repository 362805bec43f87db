package io.lws.tls;

import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import io.lws.testing.RecordingRole;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Echoes what it reads, and remembers the connections it was given. */
final class EchoRole implements Role {
    final Queue<RecordingRole> accepted = new ConcurrentLinkedQueue<>();
    final Queue<Vhost> vhosts = new ConcurrentLinkedQueue<>();
    private final String name;
    private final List<String> alpn;

    EchoRole(String name, String... alpn) {
        this.name = name;
        this.alpn = List.of(alpn);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> alpn() {
        return alpn;
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return true;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup group) {
        RecordingRole made = new RecordingRole(name).attach(connection).echoing();
        vhosts.add(group.first());
        accepted.add(made);
        return made;
    }
}
