package io.lws.http.h2;

import io.lws.CloseInfo;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.http.H2Limits;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpSite;
import io.lws.http.HttpSite.Route;
import io.lws.http.HttpStatus;
import io.lws.http.Mount;
import io.lws.http.exchange.Exchange;
import io.lws.http.exchange.HttpLoop;
import io.lws.http.exchange.HttpLoop.Refusal;
import io.lws.http.exchange.HttpUpgrades;
import io.lws.http.spi.UpgradeAnswer;
import io.lws.http.spi.UpgradeRequest;
import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The server's side of one connection: what its streams ask for goes to the mounts of its vhosts. */
final class H2Server implements H2Side {
    private static final Log LOG = Log.of("lws.http");

    private final Connection connection;
    private final VhostGroup vhosts;
    private final HttpUpgrades upgrades;
    private final H2Loop shared;
    private final HttpSite firstSite;
    private final H2Limits limits;
    private final boolean secure;
    private @Nullable H2cRequest first;

    private H2Server(Connection connection, VhostGroup vhosts, HttpUpgrades upgrades, @Nullable H2cRequest first) {
        this.connection = connection;
        this.vhosts = vhosts;
        this.upgrades = upgrades;
        this.first = first;
        shared = H2Loop.of(connection.net());
        firstSite = shared.http.site(vhosts.first());
        limits = vhosts.first().option(H2Limits.class, H2Limits.DEFAULT);
        secure = connection.transport().tls() != null;
    }

    /** The role of a connection whose client begins with the preface. {@code first}: the request of an h2c upgrade. */
    static H2Connection accept(
            Connection connection, VhostGroup vhosts, HttpUpgrades upgrades, @Nullable H2cRequest first) {
        H2Server server = new H2Server(connection, vhosts, upgrades, first);
        HttpLimits http = server.firstSite.limits();
        return new H2Connection(connection, server, server.limits, http.headerTimeout(), http.keepAliveTimeout());
    }

    HttpLoop http() {
        return shared.http;
    }

    void release(FieldList fields) {
        shared.release(fields);
    }

    @Nullable
    String strict() {
        return secure ? firstSite.strictTransport() : null;
    }

    // ---- the connection's side

    @Override
    public boolean isServer() {
        return true;
    }

    @Override
    public void greet(H2Connection h2) {
        H2Greeting.write(h2, limits, upgrades.isEmpty() ? new int[0] : H2Greeting.CONNECT_PROTOCOL);
        H2cRequest asked = first;
        if (asked != null) {
            h2.applySettings(asked.settings(), 0, asked.settings().limit());
        }
    }

    @Override
    public boolean hasOpened(int streamId) {
        return false; // nothing is pushed
    }

    /** Trailers: checked, and nothing a protocol asks for. */
    @Override
    public boolean onMoreFields(H2Stream stream, FieldList fields, boolean end) {
        try {
            FieldRules.trailers(fields);
            if (!end) {
                throw FieldRules.malformed("trailers that end nothing");
            }
            stream.h2.input.end(stream);
        } catch (ProtocolException e) {
            stream.h2.streamError(stream, e.code(), e.reason());
        }
        return false;
    }

    /**
     * The client's preface is there. The request of an upgrade is served only now: a client such as curl has little room
     * for what comes together with the 101.
     */
    @Override
    public void onSettings(H2Connection h2) {
        H2cRequest asked = first;
        first = null;
        if (asked != null) {
            h2.openUpgraded(asked.fields(shared.fields()));
        }
    }

    @Override
    public void onGoAway(H2Connection h2, int lastId, int code) {}

    @Override
    public void onStreamGone(H2Connection h2) {}

    @Override
    public void onDrain(H2Connection h2) {}

    @Override
    public void onClosed(CloseInfo info) {}

    // ---- requests

    @Override
    public boolean onOpened(H2Stream stream, FieldList fields, boolean tooLong) {
        if (tooLong) {
            answerError(stream, HttpMethod.GET, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "");
            stream.h2.leave(stream);
            return false;
        }
        H2RequestHead head;
        try {
            head = new H2RequestHead(fields, !stream.state().mayReceive(), shared);
        } catch (ProtocolException e) {
            malformed(stream, e);
            return false;
        }
        stream.expectContent(head.contentLength());
        if (head.priority() != null) {
            stream.priority.read(head.priority());
        }
        try {
            return begin(stream, head);
        } catch (RuntimeException | Error e) {
            failed(stream, head, e);
            return false;
        }
    }

    /** Before there is a transaction that could be told: whoever looks at requests first threw, or newPss. */
    private void failed(H2Stream stream, H2RequestHead head, Throwable e) {
        LOG.error(connection.tag() + "/" + stream.id, "a callback threw; its request is not answered", e);
        answerError(stream, head.method(), HttpStatus.INTERNAL_SERVER_ERROR, "");
        stream.h2.leave(stream);
    }

    private void malformed(H2Stream stream, ProtocolException e) {
        if (H2RequestHead.isStatus(e.code())) {
            answerError(stream, HttpMethod.GET, e.code(), e.reason());
            stream.h2.leave(stream);
        } else {
            stream.h2.streamError(stream, e.code(), e.reason());
        }
    }

    /** True when a transaction has begun, which keeps the head. */
    private boolean begin(H2Stream stream, H2RequestHead head) {
        if (!secure && firstSite.redirectsToHttps()) {
            return refuse(stream, head, HttpLoop.toHttps(head));
        }
        Refusal elsewhere = HttpLoop.misdirected(vhosts, head);
        if (elsewhere != null) {
            return refuse(stream, head, elsewhere);
        }
        HttpSite site = shared.http.site(vhosts, head, firstSite);
        Route route = site.route(head.path());
        if (head.protocol() != null && !isPassedOn(head.protocol(), route)) {
            return tunnel(stream, head, head.protocol(), site, route);
        }
        if (route == null) {
            return refuse(stream, head, HttpLoop.unrouted(head));
        }
        if (route.bodyBytes() != HttpLimits.UNLIMITED && head.contentLength() > route.bodyBytes()) {
            return refuse(stream, head, HttpLoop.CONTENT_TOO_LARGE);
        }
        H2Transaction<?> begun = H2Transaction.of(this, stream, head, route, site.limits());
        stream.user(begun);
        try {
            begun.start();
        } catch (Throwable e) {
            stream.h2.threw(stream, e);
        }
        return true;
    }

    private boolean refuse(H2Stream stream, H2RequestHead head, Refusal refusal) {
        answer(stream, head.method(), refusal);
        stream.h2.leave(stream);
        return false;
    }

    /** Writes an error page, in place of an answer of the protocol's. */
    void answerError(H2Stream stream, HttpMethod method, int status, String detail) {
        answer(stream, method, new Refusal(status, Headers.EMPTY, detail));
    }

    private void answer(H2Stream stream, HttpMethod method, Refusal refusal) {
        if (!stream.state().maySend()) {
            return;
        }
        byte[] page = refusal.page();
        boolean end = page.length == 0 || method == HttpMethod.HEAD;
        stream.h2.heads.answer(
                stream.id, refusal.status(), strict(), Headers.EMPTY, refusal.fields(), page.length, end);
        if (end) {
            stream.h2.output.ended(stream);
        } else {
            stream.h2.output.send(stream, ByteBuffer.wrap(page), true);
        }
    }

    // ---- extended CONNECT (RFC 8441)

    private static boolean isProxy(@Nullable Route route) {
        return route != null && route.mount().kind() == Mount.Kind.PROXY;
    }

    /** Whether an origin is to be asked, as for any other request; it will know an upgrade to {@code websocket}. */
    private static boolean isPassedOn(String protocol, @Nullable Route route) {
        return protocol.equals("websocket")
                && route != null
                && isProxy(route)
                && route.mount().takesUpgrades();
    }

    /** The transaction of an extended CONNECT has found out itself that it may have what it wants. */
    void switchTo(H2Stream stream, String protocol, UpgradeAnswer.Accept accept) {
        stream.deadlineNs = H2Stream.NO_DEADLINE;
        accept(stream, protocol, accept);
        stream.resumeRx();
    }

    private boolean tunnel(H2Stream stream, H2RequestHead head, String protocol, HttpSite site, @Nullable Route route) {
        UpgradeAnswer answer = isProxy(route)
                ? null
                : upgrades.answer(
                        protocol::equals,
                        route,
                        new UpgradeRequest(head, site.vhost(), HttpUpgrades.mount(route), connection, vhosts));
        if (answer instanceof UpgradeAnswer.Accept accept) {
            accept(stream, protocol, accept);
        } else if (answer instanceof UpgradeAnswer.Refuse refuse) {
            refuse(stream, head, new Refusal(refuse.status(), refuse.headers(), refuse.reason()));
        } else {
            refuse(stream, head, HttpLoop.NO_TUNNELS);
        }
        return false;
    }

    /** The role is made before anything is sent: when that fails, the answer is still to be given. */
    private void accept(H2Stream stream, String protocol, UpgradeAnswer.Accept accept) {
        H2Tunnel tunnel = new H2Tunnel(stream);
        stream.user(tunnel);
        try {
            Connection.open(connection.net(), tunnel, accept.role());
        } catch (IOException | RuntimeException e) {
            stream.user(null);
            answerError(stream, HttpMethod.CONNECT, HttpStatus.INTERNAL_SERVER_ERROR, "");
            stream.h2.leave(stream);
            return;
        }
        LOG.debug(connection.tag() + "/" + stream.id, "upgraded to " + protocol + " over HTTP/2");
        stream.h2.heads.answer(
                stream.id, HttpStatus.OK, strict(), Headers.EMPTY, accept.headers(), Exchange.NO_LENGTH, false);
    }
}
