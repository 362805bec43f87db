package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpStatus;
import io.lws.http.exchange.BodyPace;
import io.lws.http.exchange.Exchange;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.net.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** One request and its answer on a stream. */
final class H2Transaction<S extends @Nullable Object> extends Exchange<S> implements StreamUser {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final H2Server server;
    private final H2Stream stream;
    private final H2RequestHead head;
    private final long maxBytes;
    private final @Nullable BodyPace pace;
    private boolean dispatching;

    private H2Transaction(
            H2Server server,
            H2Stream stream,
            H2RequestHead head,
            Route route,
            HttpProtocol<S> protocol,
            HttpLimits limits) {
        super(head, route, protocol, head.expectsContinue());
        this.server = server;
        this.stream = stream;
        this.head = head;
        maxBytes = route.bodyBytes();
        pace = stream.state().mayReceive() ? new BodyPace(limits, stream.h2.nowNs()) : null;
    }

    static H2Transaction<?> of(H2Server server, H2Stream stream, H2RequestHead head, Route route, HttpLimits limits) {
        return of(server, stream, head, route, route.protocol(), limits);
    }

    private static <S extends @Nullable Object> H2Transaction<S> of(
            H2Server server,
            H2Stream stream,
            H2RequestHead head,
            Route route,
            HttpProtocol<S> protocol,
            HttpLimits limits) {
        return new H2Transaction<>(server, stream, head, route, protocol, limits);
    }

    @Override
    protected Connection connection() {
        return stream.h2.connection;
    }

    @Override
    public String tag() {
        return connection().tag() + "/" + stream.id;
    }

    @Override
    protected boolean isCarried() {
        return connection().isOpen() && stream.user() == this;
    }

    // ---- from the stream

    /** The head is there. What it throws ends the stream. */
    void start() {
        dispatching = true;
        begin();
        if (pace == null) {
            bodyComplete();
        } else if (!stream.isPaused()) {
            awaitContent();
        }
        settle();
    }

    @Override
    public void onData(H2Stream from, ByteBuffer content) {
        BodyPace counted = pace;
        if (counted != null) {
            counted.received(content.remaining());
            if (maxBytes != HttpLimits.UNLIMITED && counted.receivedBytes() > maxBytes) {
                refuse(HttpStatus.CONTENT_TOO_LARGE, "content longer than allowed");
                return;
            }
        }
        dispatching = true;
        body(content);
        settle();
        if (!isAnswered() && !stream.isPaused()) {
            awaitContent();
        }
    }

    @Override
    public void onEnd(H2Stream from) {
        stream.deadlineNs = H2Stream.NO_DEADLINE;
        dispatching = true;
        bodyComplete();
        settle();
    }

    @Override
    public void onWriteable(H2Stream from) {
        dispatching = true;
        writeable();
        settle();
    }

    @Override
    public boolean writesWithoutWindow() {
        return !isBegun() || isAnswered() || !hasContent();
    }

    @Override
    public void onTimeout(H2Stream from) {
        refuse(HttpStatus.REQUEST_TIMEOUT, "");
    }

    /** What has a status, such as a form that is none, is answered with it. */
    @Override
    public boolean onViolation(H2Stream from, ProtocolException violation) {
        boolean status = H2RequestHead.isStatus(violation.code());
        if (status) {
            refuse(violation.code(), violation.reason());
        }
        return status;
    }

    @Override
    public void onThrew(H2Stream from, Throwable e) {
        if (!isBegun()) {
            server.answerError(stream, head.method(), HttpStatus.INTERNAL_SERVER_ERROR, "");
        }
    }

    @Override
    public void onClosed(CloseInfo info) {
        end(info);
    }

    /** The request goes no further: an error where nothing has been said yet, else the end of the stream. */
    private void refuse(int status, String detail) {
        CloseInfo info = status == HttpStatus.REQUEST_TIMEOUT
                ? CloseInfo.timeout("AWAITING_BODY")
                : new CloseInfo(status, detail, CloseInfo.Initiator.PROTOCOL, null);
        if (isBegun()) {
            stream.h2.reset(stream, H2Error.CANCEL, info);
            return;
        }
        server.answerError(stream, head.method(), status, detail);
        stream.h2.leave(stream);
        stream.h2.tellClosed(this, info);
    }

    private void awaitContent() {
        BodyPace counted = pace;
        if (counted != null && stream.state().mayReceive()) {
            long nowNs = stream.h2.nowNs();
            stream.deadlineNs = nowNs + counted.timeoutNs(nowNs);
            stream.h2.times.watch(stream.deadlineNs);
        }
    }

    /** Behind each callback: ends the transaction when it is answered. */
    private void settle() {
        dispatching = false;
        if (isAnswered() && stream.user() == this) {
            stream.h2.leave(stream);
            end(server.http().answered(status()));
        }
    }

    // ---- output

    @Override
    protected void writeContinue() {
        stream.h2.heads.answer(stream.id, HttpStatus.CONTINUE, null, Headers.EMPTY, Headers.EMPTY, NO_LENGTH, false);
    }

    @Override
    protected void writeInterim(int status, Headers headers) {
        if (stream.state().maySend()) {
            stream.h2.heads.answer(stream.id, status, null, Headers.EMPTY, headers, NO_LENGTH, false);
        }
    }

    @Override
    protected void writeHead(int status, Headers always, Headers headers, long length) {
        if (!stream.state().maySend()) {
            return;
        }
        boolean end = length == 0 || !hasContent();
        stream.h2.heads.answer(stream.id, status, server.strict(), always, headers, length, end);
        if (end) {
            stream.h2.output.ended(stream);
        }
    }

    @Override
    protected void writeContent(ByteBuffer bytes, long left) {
        stream.h2.output.send(stream, bytes, left == 0);
    }

    @Override
    protected void writeContent(byte[] bytes) {
        stream.h2.output.send(stream, ByteBuffer.wrap(bytes), true);
    }

    @Override
    protected long writeFile(FileChannel file, long position, long count, long left) throws IOException {
        H2Output output = stream.h2.output;
        int room = output.roomBytes(stream, (int) Math.min(count, H2Frame.MAX_PAYLOAD_BYTES));
        if (room <= 0 || stream.hasWaiting() || !stream.state().maySend()) {
            return 0;
        }
        ByteBuffer out = connection().out(H2Frame.HEADER_BYTES + room);
        int from = out.position();
        int limit = out.limit();
        out.limit(from + H2Frame.HEADER_BYTES + room).position(from + H2Frame.HEADER_BYTES);
        int n;
        try {
            n = Math.max(0, file.read(out, position));
        } finally {
            out.limit(limit);
        }
        if (n == 0) {
            out.position(from);
            return 0;
        }
        boolean last = n == left;
        H2FrameWriter.headerAt(out, from, H2Frame.DATA, last ? H2Frame.END_STREAM : 0, stream.id);
        output.account(stream, n);
        if (last) {
            output.ended(stream);
        }
        return n;
    }

    @Override
    protected void writeEnd() {
        if (stream.state().maySend() && !stream.endWaiting) {
            stream.h2.output.send(stream, NOTHING, true);
        }
    }

    @Override
    protected void writeEnd(Headers trailers) {
        if (stream.state().maySend() && !stream.endWaiting) {
            stream.trailers = trailers;
            stream.h2.output.send(stream, NOTHING, true);
        }
    }

    @Override
    protected void answered() {
        if (!dispatching) {
            stream.requestWriteable();
        }
    }

    @Override
    public boolean isReady() {
        // content that is not sent needs no stream to send it on: that may have ended with the head
        return isBegun() && !hasContent() ? connection().isReadyForOutput() : stream.isReady();
    }

    @Override
    public void requestWriteable() {
        if (isOpen()) {
            stream.requestWriteable();
        }
    }

    // ---- input

    @Override
    protected void pauseContent() {
        if (pace != null && !stream.isPaused()) {
            stream.pauseRx();
            stream.deadlineNs = H2Stream.NO_DEADLINE;
            pace.pause(stream.h2.nowNs());
        }
    }

    @Override
    protected void resumeContent() {
        if (pace != null && stream.isPaused()) {
            stream.resumeRx();
            pace.resume(stream.h2.nowNs());
            awaitContent();
        }
    }

    @Override
    protected boolean isContentPaused() {
        return stream.isPaused();
    }

    @Override
    protected void guarded(Runnable task) {
        dispatching = true;
        try {
            task.run();
        } catch (Throwable e) {
            stream.h2.threw(stream, e);
        }
        settle();
    }

    // ---- the end

    @Override
    public void switchTo(Headers headers, Connection.RoleFactory role) {
        String protocol = head.protocol();
        if (protocol == null) {
            throw new UnsupportedOperationException("not asked to switch");
        }
        server.switchTo(stream, protocol, new UpgradeAnswer.Accept(headers, role));
        end(server.http().answered(HttpStatus.OK));
    }

    @Override
    protected void cut(CloseInfo info) {
        stream.h2.reset(stream, H2Error.INTERNAL_ERROR, info);
    }

    @Override
    protected void release() {
        server.release(head.fields);
    }
}
