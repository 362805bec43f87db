package io.lws.ws;

import java.nio.ByteBuffer;

/**
 * One direction of an extension on one connection: the payloads of its messages, a piece after the other. All on the
 * connection's loop; buffers are lent for the call.
 */
public interface WsTransform {
    /** What came of one step. */
    enum Progress {
        /** All that there is to say of the piece is out. */
        DONE,
        /** There was no more room: to be called again with the same piece and more room. */
        FULL,
        /** To be called again, but not in this turn: it has cost more than the buffers show. */
        TOILED
    }

    /**
     * Asked by the sender as a message begins, of which {@code lengthBytes} in {@code part} are known: false sends it as
     * it is, without the bit. Not asked where the user wants that, see {@link WsTx#uncompressed}.
     */
    default boolean wants(WsOpcode opcode, WsPart part, int lengthBytes) {
        return true;
    }

    /**
     * Reads {@code in} from its position on and puts what comes of it behind {@code out}'s, of which there are 64 KiB at
     * first. {@code part} says whether {@code in} begins or ends its message. What the sender puts out for a piece should
     * let the receiver see all of that piece. Until it is {@link Progress#DONE} the next call is about the same piece;
     * {@code in} may be another buffer then, with what was left of it.
     *
     * <p>The receiver's throws {@code ProtocolException} for what cannot be: 1007 for a payload that makes no sense.
     */
    Progress transform(ByteBuffer in, WsPart part, ByteBuffer out);

    /** Gives back memory: the session is at its end, or what is left of a message is not wanted. */
    default void end() {}
}
