package io.lws;

import org.jspecify.annotations.Nullable;

/** A vhost that cannot be served as it is described. The message begins with {@code vhost} and its name. */
public final class VhostException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Vhost vhost;

    /** {@code what} goes behind the vhost's name, and so begins with a space, a comma or a colon. */
    public VhostException(Vhost vhost, String what, @Nullable Throwable cause) {
        super("vhost " + vhost.name() + what, cause);
        this.vhost = vhost;
    }

    public Vhost vhost() {
        return vhost;
    }
}
