package io.lws.spi;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.TimeoutReason;
import java.nio.ByteBuffer;

/**
 * The upper half of a connection: turns bytes into callbacks of a protocol and back. One at a time per {@code
 * Connection}; an upgrade replaces it. All calls come on the connection's loop.
 */
public interface RoleConnection {
    /** The log's word for it, such as {@code h1} or {@code ws}. */
    String roleName();

    /** Who is called back, for figures: the vhost's name of the protocol where there is one. */
    default String protocolName() {
        return roleName();
    }

    /**
     * Bytes from the peer. Takes what it can; what it leaves is offered again, with more behind, unless reading was
     * paused meanwhile, in which case it is offered after the resume. {@code in} is the loop's own buffer, big-endian: it
     * may be changed in place and must not be kept. A {@link ProtocolException} thrown here reaches {@link #onViolation}.
     */
    void onReadable(ByteBuffer in);

    /** The connection can take output; comes once per {@code Connection.requestWriteable()}. */
    void onWriteable();

    /** The peer has ended its output. */
    void onPeerFin();

    /** The peer broke the protocol: tell it (write the answer) and close. */
    void onViolation(ProtocolException violation);

    /**
     * A callback of the protocol, or this role itself, threw: tell the peer where the wire has words for that. True when
     * they are written, or were before, and shall still go out; else the connection is cut. It ends either way.
     */
    default boolean onCallbackThrew(Throwable thrown) {
        return false;
    }

    /**
     * Whether it has asked the peer something and wants the answer however its own output fares: while that waits for room,
     * for the peer may read no more than it can answer; and once it cannot go out any more, for the peer may have answered
     * what it did not read to its end. So it is with clients. Others, whose peers may be hostile, are not read from while much
     * output waits, and are cut when that fails.
     */
    default boolean awaitsAnswer() {
        return false;
    }

    /** A timeout set with {@code Connection.setTimeout} ran out. */
    void onTimeout(TimeoutReason reason);

    /**
     * Another context takes new callers from here on: go on, and where the wire has a polite word for it, ask the peer
     * to come anew. May come before the role has seen any input.
     */
    default void onRetire() {}

    /** The context closes gracefully: finish what was begun, then close. */
    void onDrain();

    /** The end; nothing is called afterwards. Exactly once per role connection that is in place when it comes. */
    void onClosed(CloseInfo info);
}
