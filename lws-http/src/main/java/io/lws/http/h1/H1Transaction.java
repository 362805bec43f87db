package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.HttpVersion;
import io.lws.http.Mount;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One request and its answer on an HTTP/1 connection: session and writer in one object. */
final class H1Transaction<S extends @Nullable Object> implements HttpTransaction<S>, HttpTx {
    /** How far the answer is. */
    private enum Answer {
        NONE,
        /** Head sent, content of known length to follow. */
        FIXED,
        /** Head sent, content to follow in chunks. */
        CHUNKED,
        /** Head sent, content to follow until the connection ends (HTTP/1.0). */
        UNTIL_CLOSE,
        /** All of it is written. */
        COMPLETE,
        /** The transaction is over. */
        ENDED
    }

    private static final int FILE_PIECE_BYTES = 64 << 10;

    private final H1Connection h1;
    private final Connection connection;
    private final H1RequestHead head;
    private final Vhost vhost;
    private final Mount mount;
    private final HttpProtocol<S> protocol;
    private final S pss;
    private Answer answer = Answer.NONE;
    private int status;
    private long contentLeftBytes;

    private H1Transaction(H1Connection h1, H1RequestHead head, Vhost vhost, Mount mount, HttpProtocol<S> protocol) {
        this.h1 = h1;
        this.connection = h1.connection;
        this.head = head;
        this.vhost = vhost;
        this.mount = mount;
        this.protocol = protocol;
        this.pss = protocol.newPss();
    }

    static <S extends @Nullable Object> H1Transaction<S> of(
            H1Connection h1, H1RequestHead head, Vhost vhost, Mount mount, HttpProtocol<S> protocol) {
        return new H1Transaction<>(h1, head, vhost, mount, protocol);
    }

    // ---- from the connection

    void begin() {
        protocol.onRequest(this);
        if (head.expectsContinue() && answer == Answer.NONE) {
            H1Encoder.writeContinue(connection.out(H1Encoder.CONTINUE_BYTES));
        }
    }

    void body(ByteBuffer content) {
        if (answer != Answer.COMPLETE) {
            protocol.onBody(this, content);
        }
    }

    void bodyComplete() {
        if (answer != Answer.COMPLETE) {
            protocol.onBodyComplete(this);
        }
    }

    void writeable() {
        if (answer != Answer.COMPLETE) {
            protocol.onWriteable(this, this);
        }
    }

    void end(CloseInfo info) {
        answer = Answer.ENDED;
        protocol.onClosed(this, info);
    }

    boolean isBegun() {
        return answer != Answer.NONE;
    }

    boolean isAnswered() {
        return answer == Answer.COMPLETE;
    }

    int status() {
        return status;
    }

    H1RequestHead head() {
        return head;
    }

    // ---- answering

    @Override
    public HttpRequest request() {
        return head;
    }

    @Override
    public Mount mount() {
        return mount;
    }

    @Override
    public void respond(int status, Headers headers, ByteBuffer body) {
        writeHead(status, headers, body.remaining(), Answer.COMPLETE);
        if (hasContent()) {
            connection.write(body);
        } else {
            body.position(body.limit());
        }
        h1.answered();
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        writeHead(status, headers, body.length, Answer.COMPLETE);
        if (hasContent()) {
            connection.write(body, 0, body.length);
        }
        h1.answered();
    }

    @Override
    public void start(int status, Headers headers, long lengthBytes) {
        if (lengthBytes >= 0) {
            contentLeftBytes = lengthBytes;
            writeHead(status, headers, lengthBytes, Answer.FIXED);
        } else if (head.version() == HttpVersion.HTTP_1_1) {
            writeHead(status, headers, H1Encoder.CHUNKED, Answer.CHUNKED);
        } else {
            h1.useNoMore();
            writeHead(status, headers, H1Encoder.NO_LENGTH, Answer.UNTIL_CLOSE);
        }
    }

    private void writeHead(int status, Headers headers, long length, Answer next) {
        connection.loop().assertInLoop();
        if (answer != Answer.NONE) {
            throw new IllegalStateException("answered already");
        }
        if (status < HttpStatus.OK) {
            throw new IllegalArgumentException("an answer has a final status, not " + status);
        }
        if (head.expectsContinue() && h1.awaitsContent()) {
            h1.useNoMore(); // nobody can know whether the content will still be sent
        }
        H1Encoder encoder = h1.shared.encoder();
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, headers));
        // a 304 may say the length it does not send; these answers know only their own
        long framing = status == HttpStatus.NOT_MODIFIED ? H1Encoder.NO_LENGTH : length;
        encoder.writeHead(out, status, h1.connectionField(head), headers, framing);
        this.status = status;
        answer = next;
    }

    /** Whether content of the answer goes on the wire. */
    private boolean hasContent() {
        return head.method() != HttpMethod.HEAD && !HttpStatus.isBodiless(status);
    }

    @Override
    public void abort() {
        connection.abort(CloseInfo.local(status, "aborted by the protocol"));
    }

    // ---- tx

    @Override
    public void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (length == 0) {
            return;
        }
        account(length);
        if (!hasContent()) {
            bytes.position(bytes.limit());
        } else if (answer == Answer.CHUNKED) {
            H1Encoder.writeChunkStart(connection.out(H1Encoder.CHUNK_OVERHEAD_BYTES), length);
            connection.write(bytes);
            H1Encoder.writeChunkEnd(connection.out(H1Encoder.CHUNK_OVERHEAD_BYTES));
        } else {
            connection.write(bytes);
        }
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (answer == Answer.FIXED && count > FILE_PIECE_BYTES && hasContent()) {
            long sent = connection.transferFrom(file, position, count);
            if (sent >= 0) {
                account(sent);
                return sent;
            }
        }
        return copyFrom(file, position, count);
    }

    /** A small file costs least as part of the write that carries the head; one that cannot be sent costs a copy. */
    private long copyFrom(FileChannel file, long position, long count) throws IOException {
        if (answer == Answer.CHUNKED) {
            return copyChunkFrom(file, position, count);
        }
        int piece = (int) Math.min(count, FILE_PIECE_BYTES);
        ByteBuffer out = connection.out(piece);
        int start = out.position();
        int limit = out.limit();
        out.limit(start + piece);
        int n;
        try {
            n = Math.max(0, file.read(out, position));
        } finally {
            out.limit(limit);
        }
        account(n);
        if (!hasContent()) {
            out.position(start);
        }
        return n;
    }

    private long copyChunkFrom(FileChannel file, long position, long count) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(count, FILE_PIECE_BYTES));
        int n = Math.max(0, file.read(piece, position));
        write(piece.flip());
        return n;
    }

    private void account(long bytes) {
        switch (answer) {
            case FIXED -> {
                if (bytes > contentLeftBytes) {
                    throw new IllegalStateException(
                            bytes + " bytes written, " + contentLeftBytes + " were left to write");
                }
                contentLeftBytes -= bytes;
            }
            case CHUNKED, UNTIL_CLOSE -> {}
            default -> throw new IllegalStateException("no answer has been started, or it is complete");
        }
    }

    @Override
    public void finish() {
        account(0);
        if (answer == Answer.FIXED && contentLeftBytes > 0 && hasContent()) {
            throw new IllegalStateException(contentLeftBytes + " bytes of the answer were not written");
        }
        if (answer == Answer.CHUNKED && hasContent()) {
            H1Encoder.writeLastChunk(connection.out(H1Encoder.LAST_CHUNK_BYTES));
        }
        answer = Answer.COMPLETE;
        h1.answered();
    }

    @Override
    public boolean isReady() {
        return connection.isReadyForOutput();
    }

    // ---- session

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return vhost;
    }

    @Override
    public EventLoop loop() {
        return connection.loop();
    }

    @Override
    public String tag() {
        return connection.tag();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connection.transport().remoteAddress();
    }

    @Override
    public boolean isOpen() {
        return answer != Answer.ENDED && connection.isOpen();
    }

    @Override
    public void requestWriteable() {
        if (isOpen()) {
            connection.requestWriteable();
        }
    }

    @Override
    public void pauseRx() {
        connection.pauseRx();
    }

    @Override
    public void resumeRx() {
        connection.resumeRx();
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(() -> {
            if (isOpen()) {
                task.run();
            }
        });
    }
}
