package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpSite;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.Mount;
import io.lws.http.exchange.BodyPace;
import io.lws.http.exchange.HttpLoop;
import io.lws.http.exchange.HttpLoop.Refusal;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.net.VhostGroup;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1 connection: requests one after the other, each a {@link H1Transaction}, answered in order. Between requests
 * it holds a few fields and no buffer.
 */
final class H1Connection implements RoleConnection {
    private static final Log LOG = Log.of("lws.http");

    /** Whether the connection may carry another request after the one at hand (RFC 9112 9.3). */
    private enum Reuse {
        KEEP_ALIVE,
        ONE_MORE,
        LAST
    }

    /** Whether the protocol at work wants content. */
    private enum Rx {
        FLOWING,
        PAUSED
    }

    private static final String PRIOR = "PRI * HTTP/2.0\r\n";

    /** Content nobody reads any more is thrown away up to here to keep the connection; beyond, closing is cheaper. */
    private static final long MAX_DRAINED_BYTES = 64 << 10;

    /** A connection that has carried no request yet when the context closes: one may be on its way. */
    private static final long FIRST_REQUEST_GRACE_NS = Duration.ofMillis(200).toNanos();

    /** One that has: what already lies in the socket is read by then, for timers fire after reading. */
    private static final long NEXT_REQUEST_GRACE_NS = 1;

    final Connection connection;
    final H1Loop shared;
    private final VhostGroup vhosts;
    private final HttpUpgrades upgrades;
    private final HttpSite firstSite;
    private final HttpLimits limits;
    private final boolean secure;
    private final H1HeadScanner scanner;
    private @Nullable H1Transaction<?> transaction;
    private @Nullable H1Body body;
    private @Nullable BodyPace pace;
    private Reuse reuse = Reuse.KEEP_ALIVE;
    private Rx rx = Rx.FLOWING;
    private boolean dispatching;
    private long requests;
    private long drainedBytes;

    H1Connection(Connection connection, VhostGroup vhosts, HttpUpgrades upgrades) {
        this.connection = connection;
        this.vhosts = vhosts;
        this.upgrades = upgrades;
        shared = H1Loop.of(connection.net());
        firstSite = shared.http.site(vhosts.first());
        limits = firstSite.limits();
        secure = connection.transport().tls() != null;
        scanner = new H1HeadScanner(limits);
        awaitWithin(TimeoutReason.AWAITING_HEADERS, limits.headerTimeout());
    }

    @Override
    public String roleName() {
        return "h1";
    }

    private void awaitWithin(TimeoutReason what, Duration limit) {
        connection.setTimeout(what, limit.toNanos());
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        while (in.hasRemaining() && connection.isReading() && connection.role() == this) {
            H1Body content = body;
            if (content != null) {
                if (!readBody(content, in)) {
                    return;
                }
            } else if (transaction != null) {
                connection.pauseRx(); // the next request waits for this one's answer
            } else if (!readHead(in)) {
                return;
            }
        }
    }

    /** Reads a head and begins its transaction; false when it is not complete. */
    private boolean readHead(ByteBuffer in) {
        boolean begun = scanner.isUnderWay();
        int headBytes = scanner.scan(in);
        if (headBytes == H1HeadScanner.NEED_MORE) {
            if (!begun) {
                awaitWithin(TimeoutReason.AWAITING_HEADERS, limits.headerTimeout());
            }
            return false;
        }
        connection.clearTimeout();
        if (requests == 0 && beginsWithPrior(in)) {
            return true;
        }
        H1RequestHead head = shared.heads.acquire();
        try {
            head.read(in, headBytes, limits);
            requests++;
            if (reuse == Reuse.ONE_MORE || !head.wantsKeepAlive() || requests == limits.requestsPerConnection()) {
                reuse = Reuse.LAST;
            }
            begin(head);
        } catch (ProtocolException e) {
            throw e;
        } catch (Throwable e) {
            failed(e);
        } finally {
            if (transaction == null || transaction.head() != head) {
                shared.heads.release(head);
            }
        }
        settle();
        return true;
    }

    /** Answers at once or makes a transaction, which owns the head from then on. */
    private void begin(H1RequestHead head) {
        if (!secure && firstSite.redirectsToHttps()) {
            reuse = Reuse.LAST;
            refuse(head, HttpLoop.toHttps(head));
            return;
        }
        Refusal elsewhere = HttpLoop.misdirected(vhosts, head);
        if (elsewhere != null) {
            refuse(head, elsewhere);
            return;
        }
        HttpSite site = shared.http.site(vhosts, head, firstSite);
        Route route = site.route(head.path());
        boolean proxied = route != null && route.mount().kind() == Mount.Kind.PROXY;
        if (head.offersUpgrade() && !proxied && upgraded(head, site, route)) {
            return;
        }
        if (route == null) {
            refuseUnrouted(head);
            return;
        }
        body = bodyOf(head, site.limits(), route.bodyBytes());
        H1Transaction<?> begun = H1Transaction.of(this, head, route);
        transaction = begun;
        dispatching = true;
        begun.begin();
        if (body == null) {
            begun.bodyComplete();
        } else if (rx == Rx.FLOWING) {
            awaitContent();
        }
    }

    private @Nullable H1Body bodyOf(H1RequestHead head, HttpLimits limits, long maxBytes) {
        H1Body content = switch (head.framing()) {
            case NONE -> null;
            case FIXED -> new FixedBody().begin(head.contentLength(), maxBytes);
            case CHUNKED -> new ChunkedBody(limits).begin(maxBytes);
        };
        pace = content == null ? null : new BodyPace(limits, nowNs());
        return content;
    }

    /** Hands on what there is of the content; false when more must arrive. */
    private boolean readBody(H1Body content, ByteBuffer in) {
        int bytes = content.next(in);
        if (bytes > 0) {
            handOn(in, bytes);
        }
        if (content.isDone()) {
            endBody();
            return true;
        }
        settle();
        if (body != null && rx == Rx.FLOWING) {
            awaitContent();
        }
        return bytes > 0;
    }

    private void handOn(ByteBuffer in, int bytes) {
        H1Transaction<?> current = transaction;
        int limit = in.limit();
        int end = in.position() + bytes;
        in.limit(end);
        try {
            if (pace != null) {
                pace.received(bytes);
            }
            if (current == null) {
                drain(bytes);
            } else {
                dispatching = true;
                current.body(in);
            }
        } catch (ProtocolException e) {
            throw e;
        } catch (Throwable e) {
            failed(e);
        } finally {
            in.limit(limit).position(end);
        }
    }

    /** The request was answered before its content came. */
    private void drain(int bytes) {
        drainedBytes += bytes;
        if (drainedBytes > MAX_DRAINED_BYTES) {
            connection.close(CloseInfo.local(0, "content that nobody reads"));
        }
    }

    /** All content is there; a protocol that has paused hears of it when it resumes. */
    private void endBody() {
        connection.clearTimeout();
        H1Transaction<?> current = transaction;
        boolean held = rx == Rx.PAUSED && current != null && !current.isAnswered();
        if (held || !connection.isOpen()) {
            return;
        }
        body = null;
        pace = null;
        if (current == null) {
            awaitNextRequest();
            return;
        }
        dispatching = true;
        try {
            current.bodyComplete();
        } catch (ProtocolException e) {
            throw e;
        } catch (Throwable e) {
            failed(e);
        }
        settle();
    }

    private void awaitContent() {
        if (pace != null) {
            connection.setTimeout(TimeoutReason.AWAITING_BODY, pace.timeoutNs(nowNs()));
        }
    }

    private long nowNs() {
        return connection.loop().nowNs();
    }

    // ---- flow control of the content

    boolean isContentPaused() {
        return rx == Rx.PAUSED;
    }

    /** Only content can be paused: without any, the next request waits anyway, and the peer's end must be seen. */
    void pauseContent() {
        if (body != null && rx == Rx.FLOWING) {
            rx = Rx.PAUSED;
            connection.pauseRx();
            connection.clearTimeout();
            if (pace != null) {
                pace.pause(nowNs());
            }
        }
    }

    void resumeContent() {
        if (rx == Rx.FLOWING) {
            return;
        }
        rx = Rx.FLOWING;
        connection.resumeRx();
        if (pace != null) {
            pace.resume(nowNs());
        }
        if (body != null && body.isDone()) {
            connection.requestWriteable(); // which tells the protocol so
        } else {
            awaitContent();
        }
    }

    // ---- a transaction's end

    /** An answer has been completed: by a callback, which is followed by {@link #settle}, or from elsewhere. */
    void answered() {
        if (!dispatching) {
            connection.requestWriteable();
        }
    }

    /** Decides, while it can still be said in the answer's head, whether unread content ends the connection. */
    void beforeAnswer(boolean continueOwed) {
        if (body == null || body.isDone()) {
            return;
        }
        H1Transaction<?> current = transaction;
        long declaredBytes = current == null ? 0 : current.head().contentLength();
        long receivedBytes = pace == null ? 0 : pace.receivedBytes();
        // whether content follows that nobody has asked for is the client's choice, and unknown
        if (continueOwed || declaredBytes - receivedBytes > MAX_DRAINED_BYTES) {
            reuse = Reuse.LAST;
        }
    }

    /** Behind each callback: ends the transaction when it is answered. */
    private void settle() {
        dispatching = false;
        H1Transaction<?> current = transaction;
        if (current == null || !current.isAnswered() || !connection.isOpen()) {
            return;
        }
        transaction = null;
        rx = Rx.FLOWING;
        current.end(shared.http.answered(current.status()));
        if (reuse == Reuse.LAST) {
            connection.close(CloseInfo.local(0, "last request answered"));
            return;
        }
        if (body == null || body.isDone()) {
            body = null; // whole: the end of it was held back for a protocol that had paused
            awaitWithin(TimeoutReason.KEEPALIVE_IDLE, current.mount().keepAliveOr(limits.keepAliveTimeout()));
        } else {
            drainedBytes = 0;
            awaitContent();
        }
        connection.resumeRx();
    }

    private void awaitNextRequest() {
        if (reuse == Reuse.LAST) {
            connection.close(CloseInfo.local(0, "last request answered"));
        } else {
            awaitWithin(TimeoutReason.KEEPALIVE_IDLE, limits.keepAliveTimeout());
        }
    }

    /** The connection ends with this answer; its head will say so. */
    void useNoMore() {
        reuse = Reuse.LAST;
    }

    /** What the head of an answer has to say about the connection. */
    ConnectionField connectionField(H1RequestHead head) {
        if (reuse == Reuse.LAST) {
            return ConnectionField.CLOSE;
        }
        return head.version() == HttpVersion.HTTP_1_0 ? ConnectionField.KEEP_ALIVE : ConnectionField.DEFAULT;
    }

    /** The loop's encoder, with what every answer on this connection says. */
    H1Encoder encoder() {
        H1Encoder encoder = shared.encoder();
        encoder.everyHeadHas(secure ? firstSite.secureLines() : H1Encoder.NO_LINES);
        return encoder;
    }

    /** The loop's error pages, by the same encoder. */
    private H1ErrorAnswer errors() {
        encoder();
        return shared.errors;
    }

    // ---- answers without a protocol

    /** Runs a task of the protocol's as if it were a callback. */
    void guarded(Runnable task) {
        try {
            task.run();
        } catch (ProtocolException e) {
            throw e;
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** What a callback throws is the end of its request, with 500 where nothing has been answered. */
    private void failed(Throwable e) {
        LOG.error(connection.tag(), "a callback threw; its request is not answered", e);
        answerError(HttpStatus.INTERNAL_SERVER_ERROR, "");
        fail(CloseInfo.callback(e));
    }

    /** Ends the connection; without a good-bye where that would make a whole answer of what there is of one. */
    private void fail(CloseInfo info) {
        H1Transaction<?> current = transaction;
        if (current != null && current.endsWithConnection()) {
            connection.abort(info);
        } else {
            connection.close(info);
        }
    }

    /** An error page, unless the transaction at hand has begun to answer. */
    private void answerError(int status, String detail) {
        H1Transaction<?> current = transaction;
        if (current == null || !current.isBegun()) {
            boolean headOnly = current != null && current.head().method() == HttpMethod.HEAD;
            Refusal refusal = new Refusal(status, Headers.EMPTY, detail);
            errors().write(connection, refusal, ConnectionField.CLOSE, headOnly);
        }
    }

    private void refuseUnrouted(H1RequestHead head) {
        if (head.method() == HttpMethod.CONNECT) {
            reuse = Reuse.LAST; // what follows may be meant for the tunnel
        }
        refuse(head, HttpLoop.unrouted(head));
    }

    private void refuse(H1RequestHead head, Refusal refusal) {
        if (head.framing() != BodyFraming.NONE) {
            reuse = Reuse.LAST; // its content is not read
        }
        boolean headOnly = head.method() == HttpMethod.HEAD;
        ConnectionField field = connectionField(head);
        errors().write(connection, refusal, field, headOnly);
        awaitNextRequest();
    }

    // ---- upgrade

    /** True when an upgrade has answered the request, with yes or with no. */
    private boolean upgraded(H1RequestHead head, HttpSite site, @Nullable Route route) {
        if (head.framing() != BodyFraming.NONE) {
            return false;
        }
        UpgradeAnswer answer = upgrades.answer(
                head::offersUpgradeTo,
                route,
                new UpgradeRequest(head, site.vhost(), HttpUpgrades.mount(route), connection, vhosts));
        if (answer instanceof UpgradeAnswer.Accept accept) {
            accept(accept);
        } else if (answer instanceof UpgradeAnswer.Refuse refuse) {
            reuse = Reuse.LAST; // the client may have sent on in the other protocol
            refuse(head, new Refusal(refuse.status(), refuse.headers(), refuse.reason()));
        }
        return answer != null;
    }

    /** The new role is made before anything is sent: when that fails, the answer is still to be given. */
    private void accept(UpgradeAnswer.Accept accept) {
        RoleConnection next = accept.role().make(connection);
        H1Encoder encoder = encoder();
        int status = HttpStatus.SWITCHING_PROTOCOLS;
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, accept.headers()));
        encoder.writeHead(out, status, ConnectionField.UPGRADE, accept.headers(), H1Encoder.NO_LENGTH);
        connection.replaceRole(next);
    }

    /** As {@link #accept}, for a transaction that finds out itself; it is over with that. */
    void switchTo(H1Transaction<?> current, Headers headers, Connection.RoleFactory role) {
        transaction = null;
        accept(new UpgradeAnswer.Accept(headers, role));
        connection.resumeRx(); // what came meanwhile was not for us
        current.end(shared.http.answered(HttpStatus.SWITCHING_PROTOCOLS));
    }

    /** A client that knows HTTP/2 to be spoken here begins with a request of that version (RFC 9113 3.4). */
    private boolean beginsWithPrior(ByteBuffer in) {
        if (secure || in.get(in.position()) != 'P' || in.get(in.position() + 1) != 'R') {
            return false;
        }
        for (int i = 0; i < PRIOR.length(); i++) {
            if (in.get(in.position() + i) != PRIOR.charAt(i)) {
                return false;
            }
        }
        RoleConnection next = upgrades.prior(connection, vhosts);
        if (next != null) {
            connection.replaceRole(next);
        }
        return next != null;
    }

    // ---- the rest of a role

    @Override
    public void onWriteable() {
        H1Body content = body;
        if (content != null && content.isDone()) {
            endBody();
        }
        H1Transaction<?> current = transaction;
        if (current != null && connection.isOpen()) {
            dispatching = true;
            try {
                current.writeable();
            } catch (ProtocolException e) {
                throw e;
            } catch (Throwable e) {
                failed(e);
            }
            settle();
        }
    }

    @Override
    public void onPeerFin() {
        reuse = Reuse.LAST;
        if (scanner.isUnderWay() || body != null && !body.isDone() && transaction != null) {
            fail(new CloseInfo(0, "end of stream in a request", Initiator.NETWORK, null));
        } else if (transaction == null) {
            connection.close(CloseInfo.peer(0, "end of stream"));
        }
    }

    @Override
    public void onViolation(ProtocolException violation) {
        if (transaction != null || body == null) { // else it is in content whose request has its answer
            answerError(violation.code(), violation.reason());
        }
        fail(CloseInfo.protocol(violation));
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        boolean inHead = reason == TimeoutReason.AWAITING_HEADERS && scanner.isUnderWay();
        if (inHead || reason == TimeoutReason.AWAITING_BODY && transaction != null) {
            answerError(HttpStatus.REQUEST_TIMEOUT, "");
        }
        fail(CloseInfo.timeout(reason.name()));
    }

    /** The answer that says so is the next whose head is still to be sent: nobody's request finds the door shut. */
    @Override
    public void onRetire() {
        H1Transaction<?> current = transaction;
        if (reuse == Reuse.KEEP_ALIVE) {
            reuse = current == null || current.isBegun() ? Reuse.ONE_MORE : Reuse.LAST;
        }
    }

    @Override
    public void onDrain() {
        reuse = Reuse.LAST;
        if (transaction == null && body == null && !scanner.isUnderWay()) {
            connection.setTimeout(
                    TimeoutReason.KEEPALIVE_IDLE, requests == 0 ? FIRST_REQUEST_GRACE_NS : NEXT_REQUEST_GRACE_NS);
        }
    }

    @Override
    public void onClosed(CloseInfo info) {
        H1Transaction<?> current = transaction;
        transaction = null;
        if (current != null) {
            current.end(info);
        }
    }
}
