package io.lws.ws;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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

    /** How a message of {@link WsBroadcast} is transformed once, for all connections that give an equal {@link #key}. */
    interface ForMany {
        /** Who gives an equal key understands the same form. Of a type of the extension's own; no connection's property. */
        Object key();

        /** Transforms one message, whole, into what refers to nothing before it. {@code end} follows. */
        WsTransform transform();

        /** Whether that form goes out, or rather the message as it is. */
        default boolean isWorth(int messageBytes, int transformedBytes) {
            return true;
        }
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

    /**
     * Asked by the sender before a message goes out that goes to many: null, the default, where each connection transforms
     * it for itself. Else {@link #end} is called, and what follows may refer to nothing that went before.
     */
    default @Nullable ForMany forMany() {
        return null;
    }

    /**
     * Gives back memory: the session is at its end, what is left of a message is not wanted, or between two messages. It
     * may go on afterwards, as at the beginning.
     */
    default void end() {}
}
