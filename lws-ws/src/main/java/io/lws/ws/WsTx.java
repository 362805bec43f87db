package io.lws.ws;

import java.nio.ByteBuffer;

/** Output of a WebSocket; valid only during the {@code onWriteable} it is given to. */
public interface WsTx {
    /** Sends a fragment as a frame, with its place in its message as it was received. An owned one is spent. */
    void write(WsFragment fragment);

    /** Sends a message. */
    void write(WsMessage message);

    /** Sends text as one message. */
    default void text(String text) {
        write(WsMessage.text(text));
    }

    /**
     * Sends a frame of a message of one's own; {@code payload} is read to its end and may be used again at once.
     * {@code opcode} counts for the first frame of a message.
     */
    void write(WsOpcode opcode, WsPart part, ByteBuffer payload);

    /**
     * The message begun next goes out as it is even where compression has been agreed on: for what is compressed already,
     * or what an eavesdropper must learn nothing of by its length. Returns this.
     */
    WsTx uncompressed();

    /** False once the peer takes no more for now or this session's share of the turn is used: stop and ask again. */
    boolean isReady();
}
