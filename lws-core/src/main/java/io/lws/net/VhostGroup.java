package io.lws.net;

import io.lws.Vhost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The vhosts a connection may be for, in the order they were added; the first serves what names none.
 *
 * @param elsewhere vhosts of the same listening socket that this connection may not be for, because they ask more of a
 *     client than it has shown: it has to connect anew, with their name in its ClientHello
 */
public record VhostGroup(List<Vhost> vhosts, List<Vhost> elsewhere) {
    public VhostGroup {
        vhosts = List.copyOf(vhosts);
        elsewhere = List.copyOf(elsewhere);
        if (vhosts.isEmpty()) {
            throw new IllegalArgumentException("a listener needs a vhost");
        }
    }

    /** All that share a listening socket. */
    public VhostGroup(List<Vhost> vhosts) {
        this(vhosts, List.of());
    }

    public Vhost first() {
        return vhosts.get(0);
    }

    /** The vhost of that name, ignoring case, else one whose name is a wildcard for it, or {@code null}. */
    public @Nullable Vhost find(String name) {
        return find(vhosts, name);
    }

    /** As {@link #find}, else the first. */
    public Vhost byName(String name) {
        Vhost found = find(name);
        return found == null ? first() : found;
    }

    /** Whether one of the vhosts is of that name. */
    public boolean names(String name) {
        return find(name) != null;
    }

    /** Whether that name is one to connect anew for (RFC 9110 section 15.5.20: 421). */
    public boolean isElsewhere(String name) {
        return find(elsewhere, name) != null;
    }

    private static @Nullable Vhost find(List<Vhost> among, String name) {
        for (Vhost vhost : among) {
            if (vhost.name().equalsIgnoreCase(name)) {
                return vhost;
            }
        }
        for (Vhost vhost : among) {
            if (WildcardName.isFor(vhost.name(), name)) {
                return vhost;
            }
        }
        return name.endsWith(".") ? find(among, name.substring(0, name.length() - 1)) : null;
    }
}
