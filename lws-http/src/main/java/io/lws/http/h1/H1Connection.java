package io.lws.http.h1;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.http.ErrorPage;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpSite;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.spi.HttpUpgrade;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.net.VhostGroup;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1 connection: requests one after the other, each a {@link H1Transaction}, answered in order. Between requests
 * it holds a few fields and no buffer.
 */
final class H1Connection implements RoleConnection {
    /** Whether the connection may carry another request after the one at hand (RFC 9112 9.3). */
    private enum Reuse {
        KEEP_ALIVE,
        LAST
    }

    private static final Headers HTML = Headers.of("Content-Type", ErrorPage.CONTENT_TYPE);

    final Connection connection;
    final H1Loop shared;
    private final VhostGroup vhosts;
    private final List<HttpUpgrade> upgrades;
    private final HttpSite firstSite;
    private final HttpLimits limits;
    private final H1HeadScanner scanner;
    private @Nullable H1Transaction<?> transaction;
    private @Nullable H1Body body;
    private Reuse reuse = Reuse.KEEP_ALIVE;
    private boolean dispatching;
    private long requests;

    H1Connection(Connection connection, VhostGroup vhosts, List<HttpUpgrade> upgrades) {
        this.connection = connection;
        this.vhosts = vhosts;
        this.upgrades = upgrades;
        shared = H1Loop.of(connection.net());
        firstSite = shared.site(vhosts.first());
        limits = firstSite.limits();
        scanner = new H1HeadScanner(limits);
        connection.setTimeout(
                TimeoutReason.AWAITING_HEADERS, limits.headerTimeout().toNanos());
    }

    @Override
    public String roleName() {
        return "h1";
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        while (in.hasRemaining() && connection.isReading() && connection.role() == this) {
            H1Transaction<?> current = transaction;
            if (current == null) {
                if (!readHead(in)) {
                    return;
                }
            } else if (body == null) {
                connection.pauseRx(); // the next request waits for this one's answer
            } else if (!readBody(current, body, in)) {
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
                connection.setTimeout(
                        TimeoutReason.AWAITING_HEADERS, limits.headerTimeout().toNanos());
            }
            return false;
        }
        connection.clearTimeout();
        H1RequestHead head = shared.heads.acquire();
        try {
            head.read(in, headBytes, limits);
            requests++;
            if (!head.wantsKeepAlive() || requests == limits.requestsPerConnection()) {
                reuse = Reuse.LAST;
            }
            begin(head);
        } catch (ProtocolException e) {
            if (transaction == null) {
                shared.heads.release(head);
            }
            throw e;
        }
        return true;
    }

    private void begin(H1RequestHead head) {
        HttpSite site = shared.site(vhosts, head, firstSite);
        Route route = site.route(head.path());
        if (head.offersUpgrade() && upgraded(head, site, route)) {
            return;
        }
        if (route == null) {
            refuse(head, HttpStatus.NOT_FOUND, HTML, "");
            return;
        }
        body = bodyOf(head, site.limits());
        H1Transaction<?> begun = H1Transaction.of(this, head, site.vhost(), route.mount(), route.protocol());
        transaction = begun;
        dispatching = true;
        begun.begin();
        if (body == null) {
            begun.bodyComplete();
        }
        settle();
    }

    private static @Nullable H1Body bodyOf(H1RequestHead head, HttpLimits limits) {
        return switch (head.framing()) {
            case NONE -> null;
            case FIXED -> new FixedBody().begin(head.contentLength(), limits.bodyBytes());
            case CHUNKED -> new ChunkedBody(limits).begin(limits.bodyBytes());
        };
    }

    /** Hands on what there is of the content; false when more must arrive. */
    private boolean readBody(H1Transaction<?> current, H1Body content, ByteBuffer in) {
        int bytes = content.next(in);
        int end = in.position() + bytes;
        if (bytes > 0) {
            int limit = in.limit();
            in.limit(end);
            dispatching = true;
            try {
                current.body(in);
            } finally {
                in.limit(limit).position(end);
            }
        }
        if (content.isDone()) {
            connection.clearTimeout();
            body = null;
            dispatching = true;
            current.bodyComplete();
            settle();
            return true;
        }
        settle();
        connection.setTimeout(TimeoutReason.AWAITING_BODY, limits.bodyTimeout().toNanos());
        return bytes > 0;
    }

    // ---- a transaction's end

    /** An answer has been completed: by a callback, which is followed by {@link #settle}, or from elsewhere. */
    void answered() {
        if (!dispatching) {
            connection.requestWriteable();
        }
    }

    /** Whether content of the request at hand is still to come. */
    boolean awaitsContent() {
        return body != null;
    }

    /** Behind each callback: ends the transaction when answer and content are both over. */
    private void settle() {
        dispatching = false;
        H1Transaction<?> current = transaction;
        if (current == null || !current.isAnswered() || body != null && reuse == Reuse.KEEP_ALIVE) {
            return;
        }
        transaction = null;
        body = null;
        current.end(CloseInfo.local(current.status(), "answered"));
        shared.heads.release(current.head());
        if (reuse == Reuse.LAST) {
            connection.close(CloseInfo.local(0, "last request answered"));
        } else {
            connection.setTimeout(
                    TimeoutReason.KEEPALIVE_IDLE, limits.keepAliveTimeout().toNanos());
            connection.resumeRx();
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

    // ---- answers without a protocol

    private void refuse(H1RequestHead head, int status, Headers headers, String detail) {
        if (head.framing() != BodyFraming.NONE) {
            reuse = Reuse.LAST; // its content is not read
        }
        writeError(status, headers, detail, connectionField(head), head.method() == HttpMethod.HEAD);
        shared.heads.release(head);
        if (reuse == Reuse.LAST) {
            connection.close(CloseInfo.local(status, detail));
        } else {
            connection.setTimeout(
                    TimeoutReason.KEEPALIVE_IDLE, limits.keepAliveTimeout().toNanos());
        }
    }

    private void writeError(int status, Headers headers, String detail, ConnectionField field, boolean headOnly) {
        byte[] page = ErrorPage.html(status, detail);
        H1Encoder encoder = shared.encoder();
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, headers));
        encoder.writeHead(out, status, field, headers, page.length);
        if (!headOnly) {
            connection.write(page, 0, page.length);
        }
    }

    // ---- upgrade

    /** True when an upgrade has answered the request, with yes or with no. */
    private boolean upgraded(H1RequestHead head, HttpSite site, @Nullable Route route) {
        if (head.framing() != BodyFraming.NONE) {
            return false;
        }
        for (HttpUpgrade upgrade : upgrades) {
            if (head.offersUpgradeTo(upgrade.token())) {
                UpgradeAnswer answer = upgrade.answer(
                        new UpgradeRequest(head, site.vhost(), route == null ? null : route.mount(), connection));
                if (answer instanceof UpgradeAnswer.Accept accept) {
                    accept(head, accept);
                    return true;
                }
                if (answer instanceof UpgradeAnswer.Refuse refuse) {
                    refuseUpgrade(head, refuse);
                    return true;
                }
            }
        }
        return false;
    }

    private void accept(H1RequestHead head, UpgradeAnswer.Accept accept) {
        H1Encoder encoder = shared.encoder();
        int status = HttpStatus.SWITCHING_PROTOCOLS;
        ByteBuffer out = connection.out(encoder.maxHeadBytes(status, accept.headers()));
        encoder.writeHead(out, status, ConnectionField.UPGRADE, accept.headers(), H1Encoder.NO_LENGTH);
        shared.heads.release(head);
        connection.replaceRole(accept.role().make(connection));
    }

    private void refuseUpgrade(H1RequestHead head, UpgradeAnswer.Refuse refuse) {
        reuse = Reuse.LAST;
        Headers headers = refuse.headers().toBuilder()
                .add("Content-Type", ErrorPage.CONTENT_TYPE)
                .build();
        refuse(head, refuse.status(), headers, refuse.reason());
    }

    // ---- the rest of a role

    @Override
    public void onWriteable() {
        H1Transaction<?> current = transaction;
        if (current != null) {
            dispatching = true;
            current.writeable();
            settle();
        }
    }

    @Override
    public void onPeerFin() {
        reuse = Reuse.LAST;
        if (transaction == null || body != null) {
            connection.close(
                    CloseInfo.peer(0, scanner.isUnderWay() ? "end of stream in a request head" : "end of stream"));
        }
    }

    @Override
    public void onViolation(ProtocolException violation) {
        H1Transaction<?> current = transaction;
        if (current == null || !current.isBegun()) {
            writeError(violation.code(), HTML, violation.reason(), ConnectionField.CLOSE, false);
        }
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        boolean answerOwed = reason == TimeoutReason.AWAITING_HEADERS && scanner.isUnderWay()
                || reason == TimeoutReason.AWAITING_BODY && transaction != null && !transaction.isBegun();
        if (answerOwed) {
            writeError(HttpStatus.REQUEST_TIMEOUT, HTML, "", ConnectionField.CLOSE, false);
        }
        connection.close(CloseInfo.timeout(reason.name()));
    }

    @Override
    public void onDrain() {
        reuse = Reuse.LAST;
        if (transaction == null) {
            connection.close(CloseInfo.local(0, "context closing"));
        }
    }

    @Override
    public void onClosed(CloseInfo info) {
        H1Transaction<?> current = transaction;
        transaction = null;
        if (current != null) {
            current.end(info);
            shared.heads.release(current.head());
        }
    }
}
