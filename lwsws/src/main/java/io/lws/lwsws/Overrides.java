package io.lws.lwsws;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the command line puts in the place of what the configuration says.
 *
 * @param replacedPort the first vhost's port
 * @param port what stands in for it, or empty for no change
 * @param address where TCP vhosts listen, or empty for no change
 */
record Overrides(int replacedPort, Optional<Integer> port, Optional<InetAddress> address) {
    static final Overrides NONE = new Overrides(0, Optional.empty(), Optional.empty());

    /** What {@code words} say of these. */
    static Overrides of(ListenWords words, List<VhostSettings> vhosts) {
        int first = vhosts.isEmpty() ? -1 : vhosts.get(0).listen().port().orElse(-1);
        return new Overrides(first, words.port(), words.address());
    }

    /** The port to listen on where the configuration says {@code configured}. */
    int port(int configured) {
        return configured == replacedPort ? port.orElse(configured) : configured;
    }
}
