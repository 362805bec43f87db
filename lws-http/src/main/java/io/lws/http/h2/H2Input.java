package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.buffer.BufferChain;
import io.lws.http.H2Limits;
import io.lws.http.h2.H2Guard.Kind;
import io.lws.http.h2.StreamState.Event;
import io.lws.http.h2.StreamTable.Ending;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The way up of one connection: content out of DATA frames to whom it is for, and the credit given back for it. */
final class H2Input {
    private final H2Connection h2;
    private final Connection connection;
    private final boolean countsCredit;
    private final int streamWindowBytes;
    private final int windowBytes;
    private int leftBytes;
    private int unreportedBytes;

    H2Input(H2Connection h2, Connection connection, H2Limits limits, H2Side side) {
        this.h2 = h2;
        countsCredit = side.countsCredit();
        this.connection = connection;
        streamWindowBytes = limits.streamWindowBytes();
        windowBytes = limits.connectionWindowBytes();
        leftBytes = windowBytes;
    }

    /** What may arrive on a new stream: never less than a peer may send that has not seen our settings. */
    int newWindowBytes() {
        return countsCredit ? 0 : Math.max(streamWindowBytes, H2Frame.DEFAULT_WINDOW_BYTES);
    }

    /** What SETTINGS say of new streams. */
    int announcedWindowBytes() {
        return countsCredit ? 0 : streamWindowBytes;
    }

    /** What the connection's window has above the one every connection begins with. */
    int extraWindowBytes() {
        return windowBytes - H2Frame.DEFAULT_WINDOW_BYTES;
    }

    // ---- DATA

    /** A piece of a DATA frame lies in {@code in}. */
    void data(H2FrameParser parser, ByteBuffer in) {
        H2Stream stream = h2.streams.get(parser.streamId());
        if (parser.isFirstPiece()) {
            begin(parser, stream);
        }
        if (stream == null || stream.isClosed()) {
            creditConnection(parser.payloadBytes());
        } else if (parser.payloadBytes() > 0) {
            content(stream, in, parser.payloadIndex(), parser.payloadBytes());
        }
        if (parser.isLastPiece()) {
            creditOverhead(stream, parser.overheadBytes());
            if (parser.has(H2Frame.END_STREAM)
                    && stream != null
                    && stream.state().mayReceive()) {
                end(stream);
            }
        }
    }

    private void begin(H2FrameParser parser, @Nullable H2Stream stream) {
        leftBytes -= parser.lengthBytes();
        if (leftBytes < 0) {
            throw new ProtocolException(H2Error.FLOW_CONTROL_ERROR, "more DATA than the connection's window");
        }
        if (parser.lengthBytes() - parser.overheadBytes() == 0 && !parser.has(H2Frame.END_STREAM)) {
            h2.guard.spend(Kind.EMPTY, h2.nowNs());
        }
        if (stream == null) {
            refuseUnknown(parser.streamId());
        } else if (!stream.state().mayReceive()) {
            h2.streamError(stream, H2Error.STREAM_CLOSED, "DATA behind the end");
        } else if (!stream.takeFromReceiveWindow(parser.lengthBytes())) {
            h2.streamError(stream, H2Error.FLOW_CONTROL_ERROR, "more DATA than the stream's window");
        }
    }

    private void refuseUnknown(int streamId) {
        h2.requireNotIdle(streamId);
        if (h2.streams.endingOf(streamId) != Ending.BY_US) {
            h2.resetUnknown(streamId, H2Error.STREAM_CLOSED);
        }
    }

    private void content(H2Stream stream, ByteBuffer in, int at, int lengthBytes) {
        if (!stream.countContent(lengthBytes)) {
            creditConnection(lengthBytes);
            h2.streamError(stream, H2Error.PROTOCOL_ERROR, "more content than announced");
            return;
        }
        int position = in.position();
        int limit = in.limit();
        in.limit(at + lengthBytes).position(at);
        try {
            if (stream.user() == null) {
                credit(stream, lengthBytes); // nobody reads it, see H2Connection.leave
            } else if (stream.isPaused() || stream.isHolding()) {
                stream.hold(in);
            } else {
                deliver(stream, in, lengthBytes);
            }
        } finally {
            in.limit(limit).position(position);
        }
    }

    private void deliver(H2Stream stream, ByteBuffer content, int lengthBytes) {
        StreamUser user = stream.user();
        if (user != null) {
            try {
                user.onData(stream, content);
            } catch (Throwable e) {
                h2.threw(stream, e);
            }
            if (user.keepsContent()) {
                return;
            }
        }
        credit(stream, lengthBytes);
    }

    /** The peer ends its side, by DATA or by trailers. */
    void end(H2Stream stream) {
        if (!stream.isContentWhole()) {
            h2.streamError(stream, H2Error.PROTOCOL_ERROR, "less content than announced");
            return;
        }
        stream.happened(Event.RECEIVE_END);
        h2.sideEnded(stream);
        if (stream.user() != null) {
            if (stream.isPaused() || stream.isHolding()) {
                stream.holdEnd();
            } else {
                tellEnd(stream);
            }
        }
    }

    private void tellEnd(H2Stream stream) {
        StreamUser user = stream.user();
        if (user != null) {
            try {
                user.onEnd(stream);
            } catch (Throwable e) {
                h2.threw(stream, e);
            }
        }
    }

    /** What was kept while nobody wanted it. */
    void deliverHeld(H2Stream stream) {
        BufferChain held = stream.held();
        while (held != null && !stream.isPaused() && stream.user() != null) {
            ByteBuffer head = held.head();
            int n = head.remaining();
            deliver(stream, head, n);
            head.position(head.limit());
            held.consumed(n);
            if (held.isEmpty()) {
                stream.heldTaken();
                held = null;
            }
        }
        if (held == null && !stream.isPaused() && stream.takeEndHeld()) {
            tellEnd(stream);
        }
    }

    // ---- credit

    /** So much has been used; the peer hears of it when it is half a window. */
    void credit(@Nullable H2Stream stream, int lengthBytes) {
        if (lengthBytes == 0) {
            return;
        }
        creditConnection(lengthBytes);
        if (stream != null) {
            int increment = stream.isCreditCounted() ? 0 : stream.consumed(lengthBytes, streamWindowBytes);
            if (increment > 0) {
                windowUpdate(stream.id, increment);
            }
        }
    }

    private void creditOverhead(@Nullable H2Stream stream, int lengthBytes) {
        credit(stream, lengthBytes);
        if (stream != null && stream.isCreditCounted() && lengthBytes > 0) {
            give(stream, lengthBytes);
        }
    }

    /** A stream of ours has begun: {@code credit} is its own, or automatic. */
    void begun(H2Stream stream, int credit) {
        if (!countsCredit) {
            return;
        }
        if (credit != WireRequest.AUTOMATIC) {
            stream.countCredit();
        }
        give(stream, credit == WireRequest.AUTOMATIC ? streamWindowBytes : credit);
    }

    /** So much more may come on that stream. */
    void give(H2Stream stream, int bytes) {
        if (bytes > 0 && stream.state().mayReceive()) {
            stream.widenReceiveWindow(bytes);
            windowUpdate(stream.id, bytes);
        }
    }

    void creditConnection(int lengthBytes) {
        unreportedBytes += lengthBytes;
        if (unreportedBytes >= windowBytes / 2) {
            int increment = unreportedBytes;
            unreportedBytes = 0;
            leftBytes += increment;
            windowUpdate(0, increment);
        }
    }

    private void windowUpdate(int streamId, int increment) {
        H2FrameWriter.windowUpdate(connection.out(H2FrameWriter.WINDOW_UPDATE_BYTES), streamId, increment);
    }

    /** The stream is gone with what it held. */
    void forget(H2Stream stream, CloseInfo why) {
        BufferChain held = stream.held();
        if (held != null) {
            creditConnection((int) held.lengthBytes());
        }
        stream.drop();
        StreamUser user = stream.user();
        stream.user(null);
        if (user != null) {
            h2.tellClosed(user, why);
        }
    }
}
