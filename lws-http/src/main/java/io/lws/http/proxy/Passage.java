package io.lws.http.proxy;

import io.lws.CloseInfo;
import io.lws.buffer.BufferChain;
import io.lws.http.Headers;
import io.lws.http.HttpRequest;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientException;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpClientProtocol;
import io.lws.http.client.HttpExchange;
import io.lws.http.client.RequestBody;
import io.lws.http.exchange.Exchange;
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

    /** How far one direction is. */
    private enum Flow {
        OPEN,
        /** All has come, not all has gone. */
        COMING_NO_MORE,
        OVER
    }

    private final HttpClient client;
    private final ProxyOrigin origin;
    private final BufferChain upward = new BufferChain();
    private final BufferChain downward = new BufferChain();
    private Flow request = Flow.OPEN;
    private Flow response = Flow.OPEN;
    private boolean answering;
    private @Nullable HttpTransaction<Passage> down;
    private @Nullable HttpExchange<Void> up;

    Passage(HttpClient client, ProxyOrigin origin) {
        this.client = client;
        this.origin = origin;
    }

    // ---- from the client

    void begin(HttpTransaction<Passage> http) {
        down = http;
        HttpRequest asked = http.request();
        Headers fields = ProxyFields.toOrigin(asked, http.remoteAddress(), http.tls() != null);
        ClientRequest.Builder ask = ClientRequest.builder(asked.method(), origin.schemeAndAuthority() + "/")
                .target(origin.pathAndQuery(asked.target()))
                .headers(fields)
                .undecoded();
        if (origin.socket() != null) {
            ask.unixSocket(origin.socket());
        }
        if (asked.contentLength() != 0) {
            ask.body(RequestBody.streamed("", asked.contentLength()));
        } else {
            ask.upgrade(upgrade(asked));
        }
        up = client.exchange(ask.build(), this);
    }

    /** What the client wants to switch to, where it says so in both places. */
    private static String upgrade(HttpRequest asked) {
        String to = asked.header("upgrade");
        String connection = asked.header("connection");
        if (to == null || connection == null || to.indexOf(',') >= 0) {
            return "";
        }
        return connection.toLowerCase(Locale.ROOT).contains("upgrade") ? to.toLowerCase(Locale.ROOT) : "";
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
        HttpTransaction<Passage> to = down;
        if (to == null || !answering || response == Flow.OVER) {
            return;
        }
        move(downward, tx);
        if (!downward.isEmpty()) {
            to.requestWriteable();
        } else if (response == Flow.COMING_NO_MORE) {
            response = Flow.OVER;
            tx.finish();
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

    @Override
    public void onResponse(HttpExchange<Void> http) {
        HttpTransaction<Passage> to = down;
        if (to != null) {
            HttpResponse head = http.response();
            answering = true;
            to.start(head.status(), ProxyFields.toClient(head, origin), head.contentLength());
        }
    }

    @Override
    public void onBody(HttpExchange<Void> http, ByteBuffer rx) {
        HttpTransaction<Passage> to = down;
        if (to == null) {
            return;
        }
        downward.append(rx);
        to.requestWriteable();
        if (downward.lengthBytes() > HIGH_BYTES) {
            http.pauseRx();
        }
    }

    @Override
    public void onComplete(HttpExchange<Void> http, Headers trailers) {
        response = Flow.COMING_NO_MORE;
        if (down != null) {
            down.requestWriteable();
        }
    }

    @Override
    public void onUpgraded(HttpExchange<Void> http, Connection connection) {
        if (down instanceof Exchange<?> switching && down.isOpen()) {
            Headers fields = ProxyFields.toClient(http.response(), origin)
                    .with("Upgrade", String.valueOf(http.response().header("upgrade")));
            response = Flow.OVER;
            up = null;
            switching.switchTo(fields, client -> Splice.join(client, connection));
        } else {
            connection.abort(CloseInfo.local(0, "who asked has gone"));
        }
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
