package io.lws.ws;

import io.lws.VhostOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A vhost's bound on WebSockets from one address (lws: ip-limit-wsi); who has that many is answered with 429. Given to
 * several vhosts, one object counts over all of them. Behind a proxy all clients share its address: bound them there.
 * Without this option there is no such bound. Any thread.
 */
public final class WsAddressCap implements VhostOption {
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    private WsAddressCap(int maxPerAddress) {
        this.maxPerAddress = maxPerAddress;
    }

    public static WsAddressCap of(int maxPerAddress) {
        if (maxPerAddress < 1) {
            throw new IllegalArgumentException("maxPerAddress must be above 0, not " + maxPerAddress);
        }
        return new WsAddressCap(maxPerAddress);
    }

    /** How many addresses have one open. */
    int addresses() {
        return open.size();
    }

    /** One more from there, unless it has its share; what is no internet address is not counted. */
    boolean take(@Nullable SocketAddress from) {
        if (!(from instanceof InetSocketAddress internet)) {
            return true;
        }
        int[] before = {0};
        open.compute(internet.getAddress(), (address, count) -> {
            before[0] = count == null ? 0 : count;
            return Math.min(before[0] + 1, maxPerAddress);
        });
        return before[0] < maxPerAddress;
    }

    /** Undoes a {@link #take} that was granted. */
    void give(@Nullable SocketAddress from) {
        if (from instanceof InetSocketAddress internet) {
            open.computeIfPresent(internet.getAddress(), (address, count) -> count == 1 ? null : count - 1);
        }
    }
}
