package io.lws.http.exchange;

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
import io.lws.http.Mount;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: session and writer in one object. What a version of HTTP adds is how a head and content
 * are written, and what carries them.
 */
public abstract class Exchange<S extends @Nullable Object> implements HttpTransaction<S>, HttpTx, Switchable {
    private static final Log LOG = Log.of("lws.http");

    /** Instead of a length: it is not known, the content's end will be marked. */
    public static final long UNKNOWN_LENGTH = -1;

    /** Instead of a length: the head says nothing about it. */
    public static final long NO_LENGTH = -2;

    /** How far the answer is. */
    private enum Answer {
        NONE,
        /** Head sent, content of known length to follow. */
        FIXED,
        /** Head sent, content to follow until its end is marked. */
        OPEN_ENDED,
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

    private final HttpRequest request;
    private final Route route;
    private final HttpProtocol<S> protocol;
    private final S pss;
    private Answer answer = Answer.NONE;
    private Interim interim;
    private int status;
    private long contentLeftBytes;

    /** {@code protocol} is the route's. {@code waitsForContinue}: the client sends no content before a 100 or an answer. */
    protected Exchange(HttpRequest request, Route route, HttpProtocol<S> protocol, boolean waitsForContinue) {
        this.request = request;
        this.route = route;
        this.protocol = protocol;
        interim = waitsForContinue ? Interim.WANTED : Interim.NOT_WANTED;
        pss = protocol.newPss();
    }

    // ---- what a version of HTTP adds

    /** What carries the exchange, alone or with others. */
    protected abstract Connection connection();

    /** False once what carries the exchange has ended. */
    protected abstract boolean isCarried();

    /** Writes a 100. */
    protected abstract void writeContinue();

    /** Writes an interim response, where this version has them. */
    protected abstract void writeInterim(int status, Headers headers);

    /**
     * Writes the head of the answer.
     *
     * @param always fields that go with every answer from this mount
     * @param length of the content, {@link #UNKNOWN_LENGTH} or {@link #NO_LENGTH}
     */
    protected abstract void writeHead(int status, Headers always, Headers headers, long length);

    /** Writes all of {@code bytes}, at least one; {@code left} more are to come, or {@link #UNKNOWN_LENGTH}. */
    protected abstract void writeContent(ByteBuffer bytes, long left);

    /** Writes all the content there is. */
    protected abstract void writeContent(byte[] bytes);

    /** As {@link HttpTx#transferFrom}; {@code left} are to come including these, or {@link #UNKNOWN_LENGTH}. */
    protected abstract long writeFile(FileChannel file, long position, long count, long left) throws IOException;

    /** All content has been written, or there was none to be. */
    protected abstract void writeEnd();

    /** As {@link #writeEnd()} with fields behind the content, for versions and framings that have a place for them. */
    protected void writeEnd(Headers trailers) {
        writeEnd();
    }

    /** The answer is complete. */
    protected abstract void answered();

    /** Stops the request's content, if any is still to come. */
    protected abstract void pauseContent();

    protected abstract void resumeContent();

    protected abstract boolean isContentPaused();

    @Override
    public void switchTo(Headers headers, Connection.RoleFactory role) {
        throw new UnsupportedOperationException("nothing to switch to on this version of HTTP");
    }

    /** Runs a task of the protocol's as if it were a callback. */
    protected abstract void guarded(Runnable task);

    /** Ends what carries the exchange, or its part of that. */
    protected abstract void cut(CloseInfo info);

    /** The exchange is over and its request no longer lent. */
    protected abstract void release();

    // ---- from what carries it

    public final void begin() {
        protocol.onRequest(this);
        askForContent();
    }

    /** Sends the 100 that the client waits for, unless the protocol has answered or wants nothing for now. */
    private void askForContent() {
        if (interim == Interim.WANTED && answer == Answer.NONE && !isContentPaused()) {
            interim = Interim.SENT;
            writeContinue();
        }
    }

    /** Content has arrived. */
    public final void body(ByteBuffer content) {
        if (answer != Answer.COMPLETE) {
            protocol.onBody(this, content);
        }
    }

    public final void bodyComplete() {
        if (answer != Answer.COMPLETE) {
            protocol.onBodyComplete(this);
        }
    }

    public final void writeable() {
        if (answer != Answer.COMPLETE) {
            protocol.onWriteable(this, this);
        }
    }

    /** Tells the protocol, whose last callback may throw what it likes, and gives the request back. */
    public final void end(CloseInfo info) {
        answer = Answer.ENDING;
        try {
            protocol.onClosed(this, info);
        } catch (Throwable e) {
            LOG.error(tag(), "onClosed threw", e);
        }
        answer = Answer.ENDED;
        release();
    }

    public final boolean isBegun() {
        return answer != Answer.NONE;
    }

    public final boolean isAnswered() {
        return answer == Answer.COMPLETE;
    }

    public final int status() {
        return status;
    }

    /** Whether the client still waits for a 100, so that its content may never come. */
    protected final boolean isContinueOwed() {
        return interim == Interim.WANTED;
    }

    // ---- answering

    @Override
    public final HttpRequest request() {
        if (answer == Answer.ENDED) {
            throw new IllegalStateException("the transaction is over");
        }
        return request;
    }

    @Override
    public final Mount mount() {
        return route.mount();
    }

    @Override
    public final void inform(int status, Headers headers) {
        loop().assertInLoop();
        if (answer != Answer.NONE) {
            throw new IllegalStateException("answered already, or over");
        }
        if (status <= HttpStatus.SWITCHING_PROTOCOLS || status >= HttpStatus.OK) {
            throw new IllegalArgumentException("an interim response has a status from 102 to 199, not " + status);
        }
        requireNoFraming(headers);
        writeInterim(status, headers);
    }

    @Override
    public final void respond(int status, Headers headers, ByteBuffer body) {
        int length = body.remaining();
        beginAnswer(status, headers, length, Answer.COMPLETE);
        if (length > 0 && hasContent()) {
            writeContent(body, 0);
        } else {
            body.position(body.limit());
        }
        writeEnd();
        answered();
    }

    @Override
    public final void respond(int status, Headers headers, byte[] body) {
        beginAnswer(status, headers, body.length, Answer.COMPLETE);
        if (body.length > 0 && hasContent()) {
            writeContent(body);
        }
        writeEnd();
        answered();
    }

    @Override
    public final void start(int status, Headers headers, long lengthBytes) {
        if (lengthBytes >= 0) {
            beginAnswer(status, headers, lengthBytes, Answer.FIXED);
            contentLeftBytes = lengthBytes;
        } else {
            beginAnswer(status, headers, UNKNOWN_LENGTH, Answer.OPEN_ENDED);
        }
    }

    private void beginAnswer(int status, Headers headers, long length, Answer next) {
        loop().assertInLoop();
        if (answer != Answer.NONE) {
            throw new IllegalStateException("answered already, or over");
        }
        if (status < HttpStatus.OK) {
            throw new IllegalArgumentException("an answer has a final status, not " + status);
        }
        requireNoFraming(headers);
        // a 304 may say the length it does not send; these answers know only their own
        long said = status == HttpStatus.NOT_MODIFIED ? NO_LENGTH : length;
        this.status = status;
        writeHead(status, route.headers(), headers, said);
        answer = next;
    }

    private static void requireNoFraming(Headers headers) {
        if (headers.hasFramingFields()) {
            throw new IllegalArgumentException(
                    "Content-Length, Transfer-Encoding, Connection and Date are not yours to set");
        }
    }

    /** Whether content of the answer goes on the wire. */
    protected final boolean hasContent() {
        return request.method() != HttpMethod.HEAD && !HttpStatus.isBodiless(status);
    }

    @Override
    public final void abort() {
        cut(CloseInfo.local(status, "aborted by the protocol"));
    }

    // ---- tx

    @Override
    public final void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        requireRoomFor(length);
        if (length == 0) {
            return;
        }
        account(length);
        if (hasContent()) {
            writeContent(bytes, leftBytes());
        } else {
            bytes.position(bytes.limit());
        }
    }

    @Override
    public final long transferFrom(FileChannel file, long position, long count) throws IOException {
        requireRoomFor(count);
        long sent = hasContent()
                ? writeFile(file, position, count, leftBytes())
                : Math.max(0, Math.min(count, file.size() - position));
        account(sent);
        return sent;
    }

    private void requireRoomFor(long bytes) {
        switch (answer) {
            case FIXED -> {
                if (bytes > contentLeftBytes) {
                    throw new IllegalStateException(
                            bytes + " bytes written, " + contentLeftBytes + " were left to write");
                }
            }
            case OPEN_ENDED -> {}
            default -> throw new IllegalStateException("no answer has been started, or it is complete");
        }
    }

    private void account(long bytes) {
        if (answer == Answer.FIXED) {
            contentLeftBytes -= bytes;
        }
    }

    private long leftBytes() {
        return answer == Answer.FIXED ? contentLeftBytes : UNKNOWN_LENGTH;
    }

    @Override
    public final void finish() {
        finish(Headers.EMPTY);
    }

    @Override
    public final void finish(Headers trailers) {
        if (trailers.hasFramingFields()) {
            throw new IllegalArgumentException("fields that frame a message cannot follow it");
        }
        requireRoomFor(0);
        if (answer == Answer.FIXED && contentLeftBytes > 0 && hasContent()) {
            throw new IllegalStateException(contentLeftBytes + " bytes of the answer were not written");
        }
        answer = Answer.COMPLETE;
        if (trailers.size() == 0) {
            writeEnd();
        } else {
            writeEnd(trailers);
        }
        answered();
    }

    // ---- session

    @Override
    public final S pss() {
        return pss;
    }

    @Override
    public final Vhost vhost() {
        return route.vhost();
    }

    @Override
    public final EventLoop loop() {
        return connection().loop();
    }

    @Override
    public String tag() {
        return connection().tag();
    }

    @Override
    public final @Nullable SocketAddress remoteAddress() {
        return connection().transport().remoteAddress();
    }

    @Override
    public final @Nullable TlsInfo tls() {
        return connection().transport().tls();
    }

    @Override
    public final boolean isOpen() {
        return answer.compareTo(Answer.COMPLETE) < 0 && isCarried();
    }

    @Override
    public final void pauseRx() {
        if (isOpen()) {
            pauseContent();
        }
    }

    @Override
    public final void resumeRx() {
        if (isOpen()) {
            resumeContent();
            askForContent();
        }
    }

    @Override
    public final void execute(Runnable task) {
        connection().execute(() -> {
            if (isOpen()) {
                guarded(task);
            }
        });
    }
}
