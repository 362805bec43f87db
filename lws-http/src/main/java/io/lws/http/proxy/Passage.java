package io.lws.http.proxy;

import io.lws.CloseInfo;
import io.lws.buffer.BufferChain;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpRequest;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.HttpVersion;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientException;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.http.client.RequestBody;
import io.lws.http.exchange.Switchable;
import io.lws.http.spi.WebSocketKey;
import io.lws.net.Connection;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through, and its response back. Each direction keeps at most {@value #HIGH_BYTES} and one read
 * more of what the other side does not take yet; then the side it comes from waits.
 */
final class Passage implements HttpClientProtocol<Void> {
    private static final int HIGH_BYTES = 128 << 10;
    private static final int STEP_BYTES = 64 << 10;
    private static final int STATUS_BYTES = 32;

    /** How far one direction is. */
    private enum Flow {
        OPEN,
        /** All has come, not all has gone. */
        COMING_NO_MORE,
        OVER
    }

    private final ProxyOrigin origin;
    private final BufferChain upward = new BufferChain();
    private final BufferChain downward = new BufferChain();
    private Flow request = Flow.OPEN;
    private Flow response = Flow.OPEN;
    private boolean answering;
    /** Of interim responses since the client has last been seen to take something. */
    private int toldBytes;

    private Headers trailers = Headers.EMPTY;
    /** Where the client comes by an extended CONNECT. */
    private @Nullable WebSocketKey key;

    private @Nullable HttpTransaction<Passage> down;
    private @Nullable HttpExchange<Void> up;

    Passage(ProxyOrigin origin) {
        this.origin = origin;
    }

    // ---- from the client

    void begin(HttpTransaction<Passage> http, HttpClient client) {
        down = http;
        HttpRequest asked = http.request();
        boolean tunnel = asked.protocol() != null;
        HttpMethod method = tunnel ? HttpMethod.GET : asked.method();
        Headers fields = ProxyFields.toOrigin(asked, http.remoteAddress(), http.tls() != null);
        if (tunnel) {
            http.pauseRx(); // what comes is for the origin, once it has agreed
            WebSocketKey fresh = WebSocketKey.fresh();
            fields = fresh.in(fields);
            key = fresh;
        }
        String target = origin.pathAndQuery(asked.target());
        ClientRequest.Builder ask = ClientRequest.builder(method, origin.schemeAndAuthority() + "/");
        (asked.isTargetSecret() ? ask.secretTarget(target) : ask.target(target))
                .headers(fields)
                .undecoded();
        if (origin.socket() != null) {
            ask.unixSocket(origin.socket());
        }
        if (tunnel || asked.contentLength() == 0) {
            ask.upgrade(upgrade(http));
        } else {
            ask.body(RequestBody.streamed("", asked.contentLength()));
            if (expectsContinue(asked)) {
                ask.expectContinue();
                http.pauseRx(); // who sends a 100 is the origin, or for one that does not the time that it has for it
            }
        }
        up = client.exchange(ask.build(), this);
    }

    private static boolean expectsContinue(HttpRequest asked) {
        boolean mayWait = asked.version() != HttpVersion.HTTP_1_0;
        return mayWait && "100-continue".equalsIgnoreCase(asked.header("expect"));
    }

    static boolean isUpgrade(HttpTransaction<?> http) {
        return !upgrade(http).isEmpty();
    }

    /** What the client wants to switch to, where it says so in both places. */
    private static String upgrade(HttpTransaction<?> http) {
        HttpRequest asked = http.request();
        String tunnel = asked.protocol();
        if (tunnel != null) {
            return tunnel;
        }
        String to = asked.header("upgrade");
        boolean old = asked.version() == HttpVersion.HTTP_1_0; // whose Upgrade means nothing (RFC 9110 7.8)
        if (to == null || old || to.indexOf(',') >= 0 || asked.contentLength() != 0) {
            return "";
        }
        if (to.equalsIgnoreCase("h2c")) {
            return ""; // through it, requests would reach the origin that nobody here has seen
        }
        boolean wanted = ProxyFields.namedInConnection(asked).contains("upgrade");
        return wanted && http.mount().takesUpgrades() ? to.toLowerCase(Locale.ROOT) : "";
    }

    void onContent(ByteBuffer rx) {
        HttpExchange<Void> to = up;
        HttpTransaction<Passage> from = down;
        if (to == null || from == null || !to.isOpen()) {
            return; // the origin has answered and wants no more
        }
        upward.append(rx);
        to.requestWriteable();
        if (upward.lengthBytes() > HIGH_BYTES) {
            from.pauseRx();
        }
    }

    void onContentComplete() {
        request = request == Flow.OPEN ? Flow.COMING_NO_MORE : request;
        HttpExchange<Void> to = up;
        if (to != null && to.isOpen()) {
            to.requestWriteable();
        }
    }

    void onClientWriteable(HttpTx tx) {
        toldBytes = 0;
        HttpTransaction<Passage> to = down;
        if (to == null || !answering || response == Flow.OVER) {
            return;
        }
        move(downward, tx);
        if (!downward.isEmpty()) {
            to.requestWriteable();
        } else if (response == Flow.COMING_NO_MORE) {
            response = Flow.OVER;
            tx.finish(trailers);
        }
        HttpExchange<Void> from = up;
        if (downward.lengthBytes() <= HIGH_BYTES / 2 && from != null && from.isOpen()) {
            from.resumeRx();
        }
    }

    /** Also after a whole answer; then the origin has nothing more to say. */
    void onClientGone() {
        down = null;
        HttpExchange<Void> from = up;
        if (from != null && from.isOpen()) {
            from.abort();
        }
    }

    // ---- from the origin

    @Override
    public void onWriteable(HttpExchange<Void> http, HttpTx tx) {
        if (request == Flow.OVER) {
            return;
        }
        move(upward, tx);
        if (!upward.isEmpty()) {
            http.requestWriteable();
        } else if (request == Flow.COMING_NO_MORE) {
            request = Flow.OVER;
            tx.finish();
        }
        HttpTransaction<Passage> from = down;
        if (upward.lengthBytes() <= HIGH_BYTES / 2 && from != null) {
            from.resumeRx();
        }
    }

    /**
     * The client may make use of it, whatever it says (RFC 9110 15.2). How many there are is the origin's to say; those beyond
     * what the client takes are of no use to it, and are not kept for it.
     */
    @Override
    public void onInterim(HttpExchange<Void> http, HttpResponse interim) {
        HttpTransaction<Passage> to = down;
        if (to == null || !to.isOpen() || toldBytes > HIGH_BYTES) {
            return;
        }
        Headers fields = ProxyFields.toClient(interim, origin);
        to.inform(interim.status(), fields);
        toldBytes += STATUS_BYTES + fields.h1Bytes();
        to.requestWriteable();
    }

    @Override
    public void onResponse(HttpExchange<Void> http) {
        HttpTransaction<Passage> to = down;
        HttpResponse head = http.response();
        if (to == null) {
            return;
        }
        if (key != null && head.status() / 100 == 2) {
            response = Flow.OVER; // to an extended CONNECT it would mean what only a 101 means here
            to.respondError(HttpStatus.BAD_GATEWAY, Headers.EMPTY, "");
            return;
        }
        answering = true;
        to.start(head.status(), ProxyFields.toClient(head, origin), head.contentLength());
    }

    @Override
    public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
        HttpTransaction<Passage> to = down;
        if (to == null || response != Flow.OPEN) {
            return;
        }
        downward.append(rx);
        to.requestWriteable();
        if (downward.lengthBytes() > HIGH_BYTES) {
            http.pauseRx();
        }
    }

    @Override
    public void onComplete(HttpExchange<Void> http, Headers behind) {
        if (response != Flow.OPEN) {
            return;
        }
        response = Flow.COMING_NO_MORE;
        trailers = ProxyFields.trailers(behind);
        if (down != null) {
            down.requestWriteable();
        }
    }

    @Override
    public void onUpgraded(HttpExchange<Void> http, Connection connection) {
        HttpTransaction<Passage> from = down;
        if (from == null || !from.isOpen() || !(from instanceof Switchable switching)) {
            connection.abort(CloseInfo.local(0, "who asked has gone"));
            return;
        }
        up = null;
        response = Flow.OVER;
        HttpResponse head = http.response();
        Headers fields = ProxyFields.toClient(head, origin);
        WebSocketKey asked = key;
        if (asked != null && !asked.isAcceptedBy(head)) {
            connection.abort(CloseInfo.local(0, "origin opens another WebSocket than the one asked for"));
            from.respondError(HttpStatus.BAD_GATEWAY, Headers.EMPTY, "");
            return;
        }
        Headers told = asked == null
                ? fields.with("Upgrade", String.valueOf(head.header("upgrade")))
                : WebSocketKey.withoutProof(fields);
        switching.switchTo(told, client -> Splice.join(client, connection));
    }

    /** A response that was begun and cannot be ended is cut, so that nobody takes it for whole. */
    @Override
    public void onClosed(HttpExchange<Void> http, CloseInfo info) {
        HttpTransaction<Passage> to = down;
        if (to == null || response != Flow.OPEN || !to.isOpen()) {
            return;
        }
        if (answering) {
            to.abort();
            return;
        }
        boolean late = info.cause() instanceof HttpClientException why && why.reason() == Reason.TIMEOUT;
        to.respondError(late ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY, Headers.EMPTY, "");
    }

    private static void move(BufferChain from, HttpTx to) {
        while (!from.isEmpty() && to.isReady()) {
            ByteBuffer head = from.head();
            int n = Math.min(head.remaining(), STEP_BYTES);
            ByteBuffer step = head.slice(head.position(), n);
            to.write(step);
            head.position(head.position() + n);
            from.consumed(n);
        }
    }
}
