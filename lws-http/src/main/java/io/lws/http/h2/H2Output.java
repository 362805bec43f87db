package io.lws.http.h2;

import io.lws.ProtocolException;
import io.lws.buffer.BufferChain;
import io.lws.http.Headers;
import io.lws.http.h2.StreamState.Event;
import io.lws.net.Connection;
import java.nio.ByteBuffer;

/** The way down of one connection: content into DATA frames, as far as both windows reach, and whose turn it is. */
final class H2Output {
    private final H2Connection h2;
    private final Connection connection;
    private final StreamScheduler scheduler = new StreamScheduler();
    private int windowBytes = H2Frame.DEFAULT_WINDOW_BYTES;
    private int maxFrameBytes = H2Frame.MAX_PAYLOAD_BYTES;

    H2Output(H2Connection h2, Connection connection) {
        this.h2 = h2;
        this.connection = connection;
    }

    /** What flow control lets out on that stream now; may be negative. */
    int windowBytes(H2Stream stream) {
        return Math.min(stream.sendWindowBytes, windowBytes);
    }

    /** That stream has something to do when the peer takes output. */
    void enqueue(H2Stream stream) {
        scheduler.add(stream);
        connection.requestWriteable();
    }

    // ---- content

    /** Sends all of {@code content}, and the stream's end behind it if that is the {@code end}; what does not fit waits. */
    void send(H2Stream stream, ByteBuffer content, boolean end) {
        if (!stream.state().maySend()) {
            content.position(content.limit());
            return;
        }
        if (stream.hasWaiting() || !writeNow(stream, content, end)) {
            wait(stream, content, end);
        }
    }

    /** As {@link #send}, for what must not be written at once. */
    void wait(H2Stream stream, ByteBuffer content, boolean end) {
        if (content.hasRemaining()) {
            BufferChain waiting = stream.waiting;
            if (waiting == null) {
                waiting = new BufferChain();
                stream.waiting = waiting;
            }
            waiting.append(content);
        }
        stream.endWaiting |= end;
        enqueue(stream);
    }

    private boolean writeNow(H2Stream stream, ByteBuffer content, boolean end) {
        while (content.hasRemaining()) {
            int n = roomBytes(stream, content.remaining());
            if (n <= 0) {
                return false;
            }
            boolean last = end && n == content.remaining();
            write(stream, content, n, last);
            if (last) {
                return true;
            }
        }
        if (end) {
            writeEnd(stream);
        }
        return true;
    }

    /** How long the next frame of that stream may be. */
    int roomBytes(H2Stream stream, int wantedBytes) {
        return Math.min(Math.min(wantedBytes, maxFrameBytes), windowBytes(stream));
    }

    private void write(H2Stream stream, ByteBuffer content, int n, boolean last) {
        ByteBuffer out = connection.out(H2Frame.HEADER_BYTES + n);
        H2FrameWriter.header(out, H2Frame.DATA, last ? H2Frame.END_STREAM : 0, stream.id, n);
        out.put(out.position(), content, content.position(), n);
        out.position(out.position() + n);
        content.position(content.position() + n);
        account(stream, n);
        if (last) {
            ended(stream);
        }
    }

    /** A DATA frame of that length has been written. */
    void account(H2Stream stream, int lengthBytes) {
        stream.sendWindowBytes -= lengthBytes;
        stream.turnLeftBytes -= lengthBytes;
        windowBytes -= lengthBytes;
        stream.stalledUntilNs = H2Stream.NO_DEADLINE;
        h2.guard.sent(lengthBytes);
    }

    private void writeEnd(H2Stream stream) {
        Headers trailers = stream.trailers;
        if (trailers != null) {
            h2.heads.trailers(stream.id, trailers);
            ended(stream);
            return;
        }
        ByteBuffer out = connection.out(H2Frame.HEADER_BYTES);
        H2FrameWriter.header(out, H2Frame.DATA, H2Frame.END_STREAM, stream.id, 0);
        ended(stream);
    }

    /** A frame with END_STREAM has been written. */
    void ended(H2Stream stream) {
        stream.endWaiting = false;
        stream.happened(Event.SEND_END);
        h2.sideEnded(stream);
    }

    // ---- turns

    /** Each that is there gets its turn, as long as the connection's own lasts. */
    void onWriteable() {
        for (int n = scheduler.count(); n > 0 && connection.isReadyForOutput(); n--) {
            H2Stream stream = scheduler.poll();
            if (stream != null && !stream.isForgotten()) {
                serve(stream);
            }
        }
        if (scheduler.count() > 0) {
            connection.requestWriteable();
        }
    }

    private void serve(H2Stream stream) {
        stream.turnLeftBytes = H2Stream.QUANTUM_BYTES;
        if (stream.isHolding() && !stream.isPaused()) {
            h2.input.deliverHeld(stream);
        }
        if (stream.hasWaiting()) {
            flush(stream);
        } else if (stream.wantsWriteable) {
            call(stream);
        }
        if (!stream.parked && (stream.hasWaiting() || stream.wantsWriteable)) {
            again(stream);
        }
    }

    private void again(H2Stream stream) {
        if (stream.priority.isIncremental()) {
            scheduler.add(stream);
        } else {
            scheduler.addFirst(stream);
        }
    }

    private void call(H2Stream stream) {
        StreamUser user = stream.user();
        if (user == null) {
            stream.wantsWriteable = false;
        } else if (windowBytes(stream) <= 0 && !user.writesWithoutWindow()) {
            park(stream);
        } else {
            stream.wantsWriteable = false;
            try {
                user.onWriteable(stream);
            } catch (Throwable e) {
                h2.threw(stream, e);
            }
        }
    }

    private void flush(H2Stream stream) {
        BufferChain waiting = stream.waiting;
        while (waiting != null && stream.turnLeftBytes > 0) {
            ByteBuffer head = waiting.head();
            int n = roomBytes(stream, head.remaining());
            if (n <= 0) {
                park(stream);
                return;
            }
            boolean last = stream.endWaiting && stream.trailers == null && n == waiting.lengthBytes();
            write(stream, head, n, last);
            if (last) {
                return;
            }
            waiting.consumed(n);
            if (waiting.isEmpty()) {
                waiting = null;
                stream.waiting = null;
            }
        }
        if (waiting == null && stream.endWaiting) {
            writeEnd(stream);
        }
    }

    /** Flow control lets nothing out: the stream is forgotten here until the peer gives credit, for a time. */
    private void park(H2Stream stream) {
        stream.parked = true;
        h2.times.stalled(stream);
    }

    private void unpark(H2Stream stream) {
        if (stream.parked && windowBytes(stream) > 0) {
            stream.parked = false;
            stream.stalledUntilNs = H2Stream.NO_DEADLINE;
            enqueue(stream);
        }
    }

    // ---- what the peer allows

    void maxFrame(int bytes) {
        maxFrameBytes = Math.min(bytes, H2Frame.MAX_PAYLOAD_BYTES);
    }

    /** Credit for all streams together. */
    void credit(int incrementBytes) {
        if (windowBytes > H2Frame.MAX_WINDOW_BYTES - incrementBytes) {
            throw new ProtocolException(H2Error.FLOW_CONTROL_ERROR, "window of the connection above 2^31-1");
        }
        boolean wasShut = windowBytes <= 0;
        windowBytes += incrementBytes;
        if (wasShut) {
            h2.streams.snapshot().forEach(this::unpark);
        }
    }

    /** Credit for one stream, negative where the settings take it back; false when the window becomes too large. */
    boolean credit(H2Stream stream, int incrementBytes) {
        long after = (long) stream.sendWindowBytes + incrementBytes;
        if (after > H2Frame.MAX_WINDOW_BYTES) {
            return false;
        }
        stream.sendWindowBytes = (int) after;
        unpark(stream);
        return true;
    }
}
