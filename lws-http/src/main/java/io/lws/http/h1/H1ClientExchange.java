package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.http.wire.WireEvents;
import io.lws.http.wire.WireExchange;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One request on an HTTP/1 connection, and who waits for its response. */
final class H1ClientExchange implements WireExchange {
    /** How far the request is. */
    private enum Output {
        FIXED,
        CHUNKED,
        COMPLETE
    }

    private final H1ClientConnection h1;
    private final WireRequest request;
    private @Nullable WireEvents events;
    private Output output;
    private long leftBytes;
    private boolean rxPaused;

    H1ClientExchange(H1ClientConnection h1, WireRequest request, WireEvents events) {
        this.h1 = h1;
        this.request = request;
        this.events = events;
        boolean chunked = request.bodyBytes() == WireRequest.UNKNOWN_LENGTH;
        output = !request.hasBody() ? Output.COMPLETE : chunked ? Output.CHUNKED : Output.FIXED;
        leftBytes = Math.max(0, request.bodyBytes());
    }

    WireRequest request() {
        return request;
    }

    /** Who waits; null once nobody does. */
    @Nullable
    WireEvents events() {
        return events;
    }

    /** The end: who waited, for the last time. */
    @Nullable
    WireEvents takeEvents() {
        WireEvents last = events;
        events = null;
        return last;
    }

    boolean isSent() {
        return output == Output.COMPLETE;
    }

    /** Whether the request is whole on the wire, though who writes it may not have said yet that this was all. */
    boolean isWhole() {
        return isSent() || output == Output.FIXED && leftBytes == 0;
    }

    boolean isRxPaused() {
        return rxPaused;
    }

    private Connection connection() {
        return h1.connection();
    }

    @Override
    public void write(ByteBuffer bytes) {
        int lengthBytes = bytes.remaining();
        if (lengthBytes == 0 || events == null) {
            bytes.position(bytes.limit());
            return;
        }
        requireRoomFor(lengthBytes);
        if (output == Output.CHUNKED) {
            H1Encoder.writeChunkStart(connection().out(H1Encoder.CHUNK_OVERHEAD_BYTES), lengthBytes);
            connection().write(bytes);
            H1Encoder.writeChunkEnd(connection().out(H1Encoder.CHUNK_OVERHEAD_BYTES));
        } else {
            connection().write(bytes);
            leftBytes -= lengthBytes;
        }
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) {
        if (output != Output.FIXED || events == null) {
            return -1;
        }
        requireRoomFor(count);
        long sent = connection().transferFrom(file, position, count);
        leftBytes -= Math.max(0, sent);
        return sent;
    }

    private void requireRoomFor(long bytes) {
        if (output == Output.COMPLETE || output == Output.FIXED && bytes > leftBytes) {
            throw new IllegalStateException(bytes + " bytes written, " + leftBytes + " were left to write");
        }
    }

    @Override
    public void finish() {
        if (output == Output.COMPLETE) {
            return;
        }
        if (leftBytes > 0) {
            throw new IllegalStateException(leftBytes + " bytes of the request were not written");
        }
        if (output == Output.CHUNKED && events != null) {
            H1Encoder.writeLastChunk(connection().out(H1Encoder.LAST_CHUNK_BYTES));
        }
        output = Output.COMPLETE;
    }

    @Override
    public boolean isReady() {
        return connection().isReadyForOutput();
    }

    @Override
    public void requestWriteable() {
        if (events != null && connection().isOpen()) {
            connection().requestWriteable();
        }
    }

    @Override
    public void pauseRx() {
        if (events != null) {
            rxPaused = true;
            h1.flowChanged(this);
        }
    }

    @Override
    public void resumeRx() {
        if (events != null && rxPaused) {
            rxPaused = false;
            h1.flowChanged(this);
        }
    }

    @Override
    public void cancel() {
        if (events != null) {
            events = null;
            h1.abort(CloseInfo.local(0, "exchange cancelled"));
        }
    }
}
