package io.lws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;

/** An address that could not be listened on; the message names it, the cause is what the system says. */
public final class ListenException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final SocketAddress address;

    ListenException(SocketAddress address, IOException cause) {
        super(cause.getMessage(), cause);
        this.address = address;
    }

    /** As its vhosts have it. */
    public SocketAddress address() {
        return address;
    }
}
