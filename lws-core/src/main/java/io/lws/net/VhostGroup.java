package io.lws.net;

import io.lws.Vhost;
import java.util.List;

/** The vhosts that share one listening socket, in the order they were added; the first serves what names none. */
public record VhostGroup(List<Vhost> vhosts) {
    public VhostGroup {
        vhosts = List.copyOf(vhosts);
        if (vhosts.isEmpty()) {
            throw new IllegalArgumentException("a listener needs a vhost");
        }
    }

    public Vhost first() {
        return vhosts.get(0);
    }

    /** The vhost of that name, ignoring case, else the first. */
    public Vhost byName(String name) {
        for (Vhost vhost : vhosts) {
            if (vhost.name().equalsIgnoreCase(name)) {
                return vhost;
            }
        }
        return first();
    }
}
