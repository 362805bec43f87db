package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.http.Headers;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpVersion;
import io.lws.http.exchange.Exchange;
import io.lws.net.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One request and its answer on an HTTP/1 connection. */
final class H1Transaction<S extends @Nullable Object> extends Exchange<S> {
    /** Up to here a file costs least as part of the write that carries the head. */
    private static final int COPIED_BYTES = 64 << 10;

    private static final int MAX_SENT_BYTES = 1 << 20;

    private final H1Connection h1;
    private final H1RequestHead head;
    private boolean chunked;
    private boolean untilEnd;

    private H1Transaction(H1Connection h1, H1RequestHead head, Route route, HttpProtocol<S> protocol) {
        super(head, route, protocol, head.expectsContinue());
        this.h1 = h1;
        this.head = head;
    }

    static H1Transaction<?> of(H1Connection h1, H1RequestHead head, Route route) {
        return of(h1, head, route, route.protocol());
    }

    private static <S extends @Nullable Object> H1Transaction<S> of(
            H1Connection h1, H1RequestHead head, Route route, HttpProtocol<S> protocol) {
        return new H1Transaction<>(h1, head, route, protocol);
    }

    H1RequestHead head() {
        return head;
    }

    /** Whether the client takes the connection's end for that of the answer, which is not all there. */
    boolean endsWithConnection() {
        return untilEnd && isOpen();
    }

    @Override
    protected Connection connection() {
        return h1.connection;
    }

    @Override
    protected boolean isCarried() {
        return h1.connection.isOpen();
    }

    // ---- output

    @Override
    protected void writeContinue() {
        H1Encoder.writeContinue(h1.connection.out(H1Encoder.CONTINUE_BYTES));
    }

    @Override
    protected void writeInterim(int status, Headers headers) {
        if (head.version() == HttpVersion.HTTP_1_1) {
            H1Encoder encoder = h1.shared.encoder();
            encoder.everyHeadHas(H1Encoder.NO_LINES);
            ByteBuffer out = h1.connection.out(encoder.maxHeadBytes(status, headers));
            encoder.writeHead(out, status, ConnectionField.DEFAULT, headers, H1Encoder.NO_LENGTH);
        }
    }

    /** Where the length is not known: in chunks, or to an HTTP/1.0 client until the connection ends. */
    @Override
    protected void writeHead(int status, Headers always, Headers headers, long length) {
        long framing = length;
        if (length == UNKNOWN_LENGTH) {
            chunked = head.version() == HttpVersion.HTTP_1_1;
            if (!chunked) {
                untilEnd = hasContent();
                h1.useNoMore();
                if (untilEnd) {
                    h1.connection.transport().resetUnlessEnded();
                }
            }
            framing = chunked ? H1Encoder.CHUNKED : H1Encoder.NO_LENGTH;
        }
        h1.beforeAnswer(isContinueOwed());
        H1Encoder encoder = h1.encoder();
        ByteBuffer out = h1.connection.out(encoder.maxHeadBytes(status, always, headers));
        encoder.writeHead(out, status, h1.connectionField(head), always, headers, framing);
    }

    @Override
    protected void writeContent(ByteBuffer bytes, long left) {
        Connection connection = h1.connection;
        if (chunked) {
            H1Encoder.writeChunkStart(connection.out(H1Encoder.CHUNK_OVERHEAD_BYTES), bytes.remaining());
            connection.write(bytes);
            H1Encoder.writeChunkEnd(connection.out(H1Encoder.CHUNK_OVERHEAD_BYTES));
        } else {
            connection.write(bytes);
        }
    }

    @Override
    protected void writeContent(byte[] bytes) {
        h1.connection.write(bytes, 0, bytes.length);
    }

    @Override
    protected long writeFile(FileChannel file, long position, long count, long left) throws IOException {
        if (!chunked && count > COPIED_BYTES) {
            long sent = h1.connection.transferFrom(file, position, Math.min(count, MAX_SENT_BYTES));
            if (sent >= 0) {
                return sent;
            }
        }
        return copyFrom(file, position, (int) Math.min(count, COPIED_BYTES));
    }

    /** A small file costs least as part of the write that carries the head; one that cannot be sent costs a copy. */
    private long copyFrom(FileChannel file, long position, int piece) throws IOException {
        if (chunked) {
            ByteBuffer copy = ByteBuffer.allocate(piece);
            int n = Math.max(0, file.read(copy, position));
            if (n > 0) {
                writeContent(copy.flip(), UNKNOWN_LENGTH);
            }
            return n;
        }
        ByteBuffer out = h1.connection.out(piece);
        int limit = out.limit();
        out.limit(out.position() + piece);
        try {
            return Math.max(0, file.read(out, position));
        } finally {
            out.limit(limit);
        }
    }

    @Override
    protected void writeEnd() {
        if (chunked && hasContent()) {
            H1Encoder.writeLastChunk(h1.connection.out(H1Encoder.LAST_CHUNK_BYTES));
        }
    }

    @Override
    protected void writeEnd(Headers trailers) {
        if (chunked && hasContent()) {
            H1Encoder.writeLastChunk(h1.connection.out(H1Encoder.LAST_CHUNK_BYTES + trailers.h1Bytes()), trailers);
        }
    }

    @Override
    protected void answered() {
        h1.answered();
    }

    @Override
    public boolean isReady() {
        return h1.connection.isReadyForOutput();
    }

    @Override
    public void requestWriteable() {
        if (isOpen()) {
            h1.connection.requestWriteable();
        }
    }

    // ---- input

    @Override
    protected void pauseContent() {
        h1.pauseContent();
    }

    @Override
    protected void resumeContent() {
        h1.resumeContent();
    }

    @Override
    protected boolean isContentPaused() {
        return h1.isContentPaused();
    }

    @Override
    public void switchTo(Headers headers, Connection.RoleFactory role) {
        if (isBegun()) {
            throw new IllegalStateException("answered already");
        }
        h1.switchTo(this, headers, role);
    }

    @Override
    protected void guarded(Runnable task) {
        h1.guarded(task);
    }

    // ---- the end

    @Override
    protected void cut(CloseInfo info) {
        h1.connection.abort(info);
    }

    @Override
    protected void release() {
        h1.shared.heads.release(head);
    }
}
