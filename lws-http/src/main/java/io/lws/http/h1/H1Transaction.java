package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpRequest;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.HttpVersion;
import io.lws.http.Mount;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One request and its answer on an HTTP/1 connection: session and writer in one object. */
final class H1Transaction<S extends @Nullable Object> implements HttpTransaction<S>, HttpTx {
    private static final Log LOG = Log.of("lws.http");

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
        /** The protocol is being told of the end. */
        ENDING,
        /** The transaction is over. */
        ENDED
    }

    /** Whether the client waits for a 100 (RFC 9110 10.1.1). */
    private enum Interim {
        NOT_WANTED,
        WANTED,
        SENT
    }

    /** Up to here a file costs least as part of the write that carries the head. */
    private static final int COPIED_BYTES = 64 << 10;

    private static final int MAX_SENT_BYTES = 1 << 20;

    private final H1Connection h1;
    private final H1RequestHead head;
    private final Route route;
    private final HttpProtocol<S> protocol;
    private final S pss;
    private Answer answer = Answer.NONE;
    private Interim interim;
    private int status;
    private long contentLeftBytes;

    private H1Transaction(H1Connection h1, H1RequestHead head, Route route, HttpProtocol<S> protocol) {
        this.h1 = h1;
        this.head = head;
        this.route = route;
        this.protocol = protocol;
        interim = head.expectsContinue() ? Interim.WANTED : Interim.NOT_WANTED;
        pss = protocol.newPss();
    }

    static H1Transaction<?> of(H1Connection h1, H1RequestHead head, Route route) {
        return of(h1, head, route, route.protocol());
    }

    private static <S extends @Nullable Object> H1Transaction<S> of(
            H1Connection h1, H1RequestHead head, Route route, HttpProtocol<S> protocol) {
        return new H1Transaction<>(h1, head, route, protocol);
    }

    // ---- from the connection

    void begin() {
        protocol.onRequest(this);
        askForContent();
    }

    /** Sends the 100 that the client waits for, unless the protocol has answered or wants nothing for now. */
    private void askForContent() {
        if (interim == Interim.WANTED && answer == Answer.NONE && !h1.isContentPaused()) {
            interim = Interim.SENT;
            H1Encoder.writeContinue(connection().out(H1Encoder.CONTINUE_BYTES));
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

    /** Tells the protocol, whose last callback may throw what it likes, and gives the head back. */
    void end(CloseInfo info) {
        answer = Answer.ENDING;
        try {
            protocol.onClosed(this, info);
        } catch (Throwable e) {
            LOG.error(tag(), "onClosed threw", e);
        }
        answer = Answer.ENDED;
        h1.shared.heads.release(head);
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

    private Connection connection() {
        return h1.connection;
    }

    // ---- answering

    @Override
    public HttpRequest request() {
        if (answer == Answer.ENDED) {
            throw new IllegalStateException("the transaction is over");
        }
        return head;
    }

    @Override
    public Mount mount() {
        return route.mount();
    }

    @Override
    public void respond(int status, Headers headers, ByteBuffer body) {
        writeHead(status, headers, body.remaining(), Answer.COMPLETE);
        if (hasContent()) {
            connection().write(body);
        } else {
            body.position(body.limit());
        }
        h1.answered();
    }

    @Override
    public void respond(int status, Headers headers, byte[] body) {
        writeHead(status, headers, body.length, Answer.COMPLETE);
        if (hasContent()) {
            connection().write(body, 0, body.length);
        }
        h1.answered();
    }

    @Override
    public void start(int status, Headers headers, long lengthBytes) {
        if (lengthBytes >= 0) {
            writeHead(status, headers, lengthBytes, Answer.FIXED);
            contentLeftBytes = lengthBytes;
        } else if (head.version() == HttpVersion.HTTP_1_1) {
            writeHead(status, headers, H1Encoder.CHUNKED, Answer.CHUNKED);
        } else {
            if (answer == Answer.NONE) {
                h1.useNoMore();
            }
            writeHead(status, headers, H1Encoder.NO_LENGTH, Answer.UNTIL_CLOSE);
        }
    }

    private void writeHead(int status, Headers headers, long length, Answer next) {
        Connection connection = connection();
        connection.loop().assertInLoop();
        if (answer != Answer.NONE) {
            throw new IllegalStateException("answered already, or over");
        }
        if (status < HttpStatus.OK) {
            throw new IllegalArgumentException("an answer has a final status, not " + status);
        }
        h1.beforeAnswer(interim == Interim.WANTED);
        H1Encoder encoder = h1.encoder();
        Headers always = route.mount().headers();
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, always, headers));
        // a 304 may say the length it does not send; these answers know only their own
        long framing = status == HttpStatus.NOT_MODIFIED ? H1Encoder.NO_LENGTH : length;
        encoder.writeHead(out, status, h1.connectionField(head), always, headers, framing);
        this.status = status;
        answer = next;
    }

    /** Whether content of the answer goes on the wire. */
    private boolean hasContent() {
        return head.method() != HttpMethod.HEAD && !HttpStatus.isBodiless(status);
    }

    @Override
    public void abort() {
        connection().abort(CloseInfo.local(status, "aborted by the protocol"));
    }

    // ---- tx

    @Override
    public void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        requireRoomFor(length);
        if (length == 0) {
            return;
        }
        account(length);
        Connection connection = connection();
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
        requireRoomFor(count);
        if (answer != Answer.CHUNKED && count > COPIED_BYTES && hasContent()) {
            long sent = connection().transferFrom(file, position, Math.min(count, MAX_SENT_BYTES));
            if (sent >= 0) {
                account(sent);
                return sent;
            }
        }
        return copyFrom(file, position, count);
    }

    /** A small file costs least as part of the write that carries the head; one that cannot be sent costs a copy. */
    private long copyFrom(FileChannel file, long position, long count) throws IOException {
        int piece = (int) Math.min(count, COPIED_BYTES);
        if (answer == Answer.CHUNKED) {
            ByteBuffer copy = ByteBuffer.allocate(piece);
            int n = Math.max(0, file.read(copy, position));
            write(copy.flip());
            return n;
        }
        ByteBuffer out = connection().out(piece);
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

    private void requireRoomFor(long bytes) {
        switch (answer) {
            case FIXED -> {
                if (bytes > contentLeftBytes) {
                    throw new IllegalStateException(
                            bytes + " bytes written, " + contentLeftBytes + " were left to write");
                }
            }
            case CHUNKED, UNTIL_CLOSE -> {}
            default -> throw new IllegalStateException("no answer has been started, or it is complete");
        }
    }

    private void account(long bytes) {
        if (answer == Answer.FIXED) {
            contentLeftBytes -= bytes;
        }
    }

    @Override
    public void finish() {
        requireRoomFor(0);
        if (answer == Answer.FIXED && contentLeftBytes > 0 && hasContent()) {
            throw new IllegalStateException(contentLeftBytes + " bytes of the answer were not written");
        }
        if (answer == Answer.CHUNKED && hasContent()) {
            H1Encoder.writeLastChunk(connection().out(H1Encoder.LAST_CHUNK_BYTES));
        }
        answer = Answer.COMPLETE;
        h1.answered();
    }

    @Override
    public boolean isReady() {
        return connection().isReadyForOutput();
    }

    // ---- session

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return route.vhost();
    }

    @Override
    public EventLoop loop() {
        return connection().loop();
    }

    @Override
    public String tag() {
        return connection().tag();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connection().transport().remoteAddress();
    }

    @Override
    public @Nullable TlsInfo tls() {
        return connection().transport().tls();
    }

    @Override
    public boolean isOpen() {
        return answer.compareTo(Answer.COMPLETE) < 0 && connection().isOpen();
    }

    @Override
    public void requestWriteable() {
        if (isOpen()) {
            connection().requestWriteable();
        }
    }

    @Override
    public void pauseRx() {
        if (isOpen()) {
            h1.pauseContent();
        }
    }

    @Override
    public void resumeRx() {
        if (isOpen()) {
            h1.resumeContent();
            askForContent();
        }
    }

    @Override
    public void execute(Runnable task) {
        connection().execute(() -> {
            if (isOpen()) {
                h1.guarded(task);
            }
        });
    }
}
