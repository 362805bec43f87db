package io.lws.http.proxy;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpStatus;
import io.lws.http.HttpTransaction;
import io.lws.http.HttpTx;
import io.lws.http.Mount;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpTimeouts;
import io.lws.http.client.HttpVersions;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Answers for a proxy mount, on one loop. */
public final class ProxyProtocol implements HttpProtocol<Passage> {
    /** As many as clients come, within reason; a vhost that has {@link HttpClientLimits} says how many. */
    private static final HttpClientLimits MANY = HttpClientLimits.builder()
            .connectionsPerOrigin(1024)
            .idlePerOrigin(64)
            .waitingPerOrigin(1 << 16)
            .build();

    /** What passes may go on for ever as long as it moves: a download, a stream of events. */
    private static final HttpTimeouts PASSING =
            HttpTimeouts.builder().total(Duration.ofDays(365)).build();

    private final ProxyOrigin origin;
    private final HttpClient client;
    /** An upgrade takes a connection for itself, and the version of HTTP that has upgrades. */
    private final HttpClient upgrading;

    /** {@link IllegalArgumentException} when the mount's origin is none. */
    public ProxyProtocol(Vhost vhost, Mount mount) {
        origin = ProxyOrigin.of(mount);
        client = client(vhost, HttpVersions.NEGOTIATED);
        upgrading = client(vhost, HttpVersions.HTTP_1_1);
    }

    private static HttpClient client(Vhost vhost, HttpVersions versions) {
        return HttpClient.builder(vhost)
                .limits(vhost.option(HttpClientLimits.class, MANY))
                .timeouts(timeouts(vhost))
                .versions(versions)
                .userAgent("")
                .maxRedirects(0)
                .build();
    }

    static HttpTimeouts timeouts(Vhost vhost) {
        return vhost.option(HttpTimeouts.class, PASSING);
    }

    @Override
    public Passage newPss() {
        return new Passage(origin);
    }

    @Override
    public void onRequest(HttpTransaction<Passage> http) {
        if (ProxyFields.hopsLeft(http.request()) == 0) {
            answerAsLast(http);
            return;
        }
        http.pss().begin(http, Passage.isUpgrade(http) ? upgrading : client);
    }

    /** Who asks how far a request comes means this hop. */
    private static void answerAsLast(HttpTransaction<Passage> http) {
        if (http.request().method() == HttpMethod.OPTIONS) {
            http.respond(HttpStatus.NO_CONTENT, Headers.EMPTY, new byte[0]);
        } else {
            http.respondError(HttpStatus.NOT_IMPLEMENTED, Headers.EMPTY, "");
        }
    }

    @Override
    public void onBody(HttpTransaction<Passage> http, ByteBuffer rx) {
        http.pss().onContent(rx);
    }

    @Override
    public void onBodyComplete(HttpTransaction<Passage> http) {
        http.pss().onContentComplete();
    }

    @Override
    public void onWriteable(HttpTransaction<Passage> http, HttpTx tx) {
        http.pss().onClientWriteable(tx);
    }

    @Override
    public void onClosed(HttpTransaction<Passage> http, CloseInfo info) {
        http.pss().onClientGone();
    }

    @Override
    public void close() {
        client.close();
        upgrading.close();
    }
}
