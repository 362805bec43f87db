package io.lws.mqtt;

import io.lws.ProtocolException;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.net.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The payload that is going out on one connection, a piece whenever the peer takes one: however long it is, no more than a
 * piece of it is ever held. A packet cannot be put into another, so what else goes out meanwhile waits here for its end.
 */
final class PublishInPieces {
    /** A payload that is held anyway and no longer than this goes out at once. */
    static final int PIECE_BYTES = 32 << 10;

    /** More than the answers to all packet identifiers there are. */
    private static final int MAX_HELD_BYTES = 1 << 20;

    private final Connection connection;
    private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();
    private int heldBytes;
    private @Nullable Outgoing open;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private int sentBytes;

    /** What became of the payload. */
    enum Progress {
        /** Nothing is on its way, or no longer. */
        COMPLETE,
        /** The peer takes no more now. */
        CHOKED,
        /** The source has nothing now; whoever asks for writeable makes it be asked again. */
        DRY
    }

    PublishInPieces(Connection connection) {
        this.connection = connection;
    }

    boolean isOpen() {
        return open != null;
    }

    /** Of the payload that is on its way, or was the last. */
    int sentBytes() {
        return sentBytes;
    }

    /** Whose payload is on its way. */
    @Nullable
    Outgoing open() {
        return open;
    }

    /** Reads the first piece of {@code one}, so that a payload that cannot be read at all costs no connection. */
    void prepare(Outgoing one) throws IOException {
        sentBytes = 0;
        if (one.source != null) {
            piece = ByteBuffer.allocate(Math.min(PIECE_BYTES, one.payloadBytes()));
        }
        read(one);
    }

    /** The head of the message that was prepared is out. */
    void begin(Outgoing one) {
        open = one;
    }

    /** Goes on as far as the peer and the source do. */
    Progress goOn() throws IOException {
        Outgoing one = open;
        if (one == null) {
            return Progress.COMPLETE;
        }
        while (connection.isReadyForOutput()) {
            if (!piece.hasRemaining() && sentBytes < one.payloadBytes()) {
                read(one);
            }
            sentBytes += piece.remaining();
            boolean dry = !piece.hasRemaining();
            connection.write(piece);
            if (sentBytes == one.payloadBytes()) {
                finish();
                return Progress.COMPLETE;
            }
            if (dry) {
                return Progress.DRY;
            }
        }
        return Progress.CHOKED;
    }

    private void read(Outgoing one) throws IOException {
        int wanted = Math.min(PIECE_BYTES, one.payloadBytes() - sentBytes);
        PayloadSource source = one.source;
        if (source == null) {
            piece = one.message.payload().slice(sentBytes, wanted);
        } else {
            source.read(sentBytes, piece.clear().limit(wanted));
            piece.flip();
        }
    }

    private void finish() {
        abandon();
        while (!held.isEmpty()) {
            connection.write(held.removeFirst());
        }
        heldBytes = 0;
    }

    /** Forgets the payload; the connection is of no use for anything else then. */
    void abandon() {
        open = null;
        piece = ByteBuffer.allocate(0);
    }

    /** Keeps a copy of {@code packet} for when the payload has ended. */
    void hold(ByteBuffer packet) {
        heldBytes += packet.remaining();
        if (heldBytes > MAX_HELD_BYTES) {
            throw new ProtocolException(
                    ReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "too much to answer in one message's time");
        }
        held.addLast(ByteBuffer.allocate(packet.remaining()).put(packet).flip());
    }
}
