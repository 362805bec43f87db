package io.lws.http.wire;

import io.lws.net.Connection;

/** A connection to an origin that carries exchanges. The loop's thread. */
public interface ClientWire {
    /**
     * How many more exchanges may begin now; 0 while it is busy or when it is at its end.
     *
     * @param request what would be begun: not everything may share a connection with what is under way
     */
    int room(WireRequest request);

    /** What it stands on. */
    Connection connection();

    /** Whether exchanges that find no room are better off waiting than on a further connection. */
    default boolean isShared() {
        return false;
    }

    /** True while no exchange is under way. */
    boolean isIdle();

    /** Begins an exchange; there must be {@link #room}. The head is written at once, the content as it is given. */
    WireExchange begin(WireRequest request, WireEvents events);

    /** Takes no more exchanges, and closes when those under way are over. */
    void closeWhenIdle();
}
