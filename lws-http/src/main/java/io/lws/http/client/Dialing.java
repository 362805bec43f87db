package io.lws.http.client;

import io.lws.CloseInfo;
import io.lws.http.H2Limits;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.client.HttpTimings.Handshake;
import io.lws.http.h1.H1ClientConnection;
import io.lws.http.h2.H2ClientConnection;
import io.lws.http.wire.ClientWire;
import io.lws.loop.Timer;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.Proxy;
import io.lws.net.ProxyConnecting;
import io.lws.net.Transport;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One connection being made for a pool: reached, through the proxy, secured; each step with its own time limit. */
final class Dialing implements Dialer.Outcome, ProxyConnecting.Next, TlsUpgrade.Next {
    private enum Step {
        DNS,
        CONNECT,
        PROXY,
        TLS,
        OVER
    }

    private final HttpClient client;
    private final LoopNet net;
    private final OriginPool pool;
    private final Origin origin;
    private final HttpTimeouts timeouts;
    private final Timer limit = new Timer(nowNs -> tooLate());
    private final long[] tookNs = new long[Step.values().length];
    private Step step = Step.DNS;
    private long stepBeganNs;
    private @Nullable Runnable giveUp;
    private @Nullable Connection connection;

    Dialing(HttpClient client, LoopNet net, OriginPool pool, Origin origin, HttpTimeouts timeouts) {
        this.client = client;
        this.net = net;
        this.pool = pool;
        this.origin = origin;
        this.timeouts = timeouts;
    }

    void begin() {
        Proxy proxy = proxy();
        stepBeganNs = now();
        Origin first = proxy == null ? origin : new Origin("http", proxy.host(), proxy.port(), null);
        Runnable cancel = client.dialer().dial(net, first, timeouts, this);
        giveUp = step == Step.OVER ? null : cancel;
    }

    private @Nullable Proxy proxy() {
        return origin.socket() == null ? client.proxy() : null;
    }

    private long now() {
        return System.nanoTime();
    }

    private void next(Step following) {
        long nowNs = now();
        tookNs[step.ordinal()] += nowNs - stepBeganNs;
        stepBeganNs = nowNs;
        step = following;
    }

    private void within(Duration time) {
        net.loop().schedule(limit, time.toNanos());
    }

    // ---- the steps

    @Override
    public void onResolved() {
        next(Step.CONNECT);
    }

    @Override
    public void onReached(Transport transport) {
        step = step == Step.DNS ? Step.CONNECT : step;
        giveUp = null;
        try {
            connection = Connection.open(net, transport, this::firstRole);
        } catch (IOException e) {
            fail(new HttpClientException(Reason.CONNECT, "connecting to " + origin + ": " + e.getMessage(), e));
        }
    }

    private RoleConnection firstRole(Connection opened) {
        connection = opened;
        Proxy proxy = proxy();
        boolean tunnel = proxy != null && (proxy.kind() == Proxy.Kind.SOCKS5 || origin.isSecure());
        if (proxy == null || !tunnel && proxy.kind() == Proxy.Kind.HTTP) {
            return secured(opened);
        }
        next(Step.PROXY);
        if (!tunnel) {
            return TlsUpgrade.connecting(client.proxyTls(), proxy.host(), proxy.port(), new Forwarding())
                    .make(opened);
        }
        return ProxyConnecting.through(proxy, client.proxyTls(), origin.host(), origin.port(), timeouts.proxy(), this)
                .make(opened);
    }

    /** Meets the proxy over TLS, which will be handed the request itself. */
    private final class Forwarding implements TlsUpgrade.Next {
        @Override
        public RoleConnection onSecured(Connection connection, TlsInfo info) {
            return secured(connection);
        }

        @Override
        public void onFailed(CloseInfo info) {
            Dialing.this.onFailed(info);
        }
    }

    @Override
    public RoleConnection onThrough(Connection through) {
        return secured(through);
    }

    private RoleConnection secured(Connection opened) {
        next(Step.TLS);
        if (!origin.isSecure()) {
            return wire(opened, null);
        }
        within(timeouts.tls());
        return TlsUpgrade.connecting(client.tls(), origin.host(), origin.port(), this)
                .make(opened);
    }

    @Override
    public RoleConnection onSecured(Connection secured, TlsInfo info) {
        net.loop().cancel(limit);
        return wire(secured, info);
    }

    /** The version both ends speak: what ALPN agreed on decides here. */
    private RoleConnection wire(Connection opened, @Nullable TlsInfo info) {
        long tlsNs = info == null ? 0 : now() - stepBeganNs;
        Handshake how = info == null ? Handshake.NONE : info.resumed() ? Handshake.RESUMED : Handshake.FULL;
        DialTimes times = new DialTimes(took(Step.DNS), took(Step.CONNECT), took(Step.PROXY), tlsNs, how);
        step = Step.OVER;
        boolean h2 = info == null ? client.versions() == HttpVersions.HTTP_2 : "h2".equals(info.alpn());
        if (h2) {
            H2Limits bounds = client.vhost().option(H2Limits.class, H2Limits.DEFAULT);
            H2ClientConnection wire =
                    new H2ClientConnection(opened, client.limits().wire(), bounds, client.credit(), pool);
            doneThisTurn(opened, wire, times);
            return wire.role();
        }
        H1ClientConnection wire = new H1ClientConnection(opened, client.limits().wire(), pool);
        doneThisTurn(opened, wire, times);
        return wire;
    }

    /** A connection that is being opened cannot be written to yet. */
    private void doneThisTurn(Connection opened, ClientWire wire, DialTimes times) {
        net.loop().serveThisTurn(() -> done(opened, wire, times));
    }

    private long took(Step which) {
        return tookNs[which.ordinal()];
    }

    private void done(Connection opened, ClientWire wire, DialTimes times) {
        if (opened.isOpen()) {
            pool.dialed(this, wire, times);
        } else {
            pool.dialFailed(this, new HttpClientException(Reason.CONNECT, origin + ": closed at once"));
        }
    }

    // ---- failures

    @Override
    public void onUnreachable(HttpClientException why) {
        fail(why);
    }

    @Override
    public void onFailed(CloseInfo info) {
        boolean late = info.initiator() == CloseInfo.Initiator.TIMEOUT;
        Reason reason = late ? Reason.TIMEOUT : step == Step.PROXY ? Reason.PROXY : Reason.TLS;
        String what = step == Step.PROXY ? "proxy " + client.proxy() : "tls with " + origin;
        fail(new HttpClientException(reason, what + ": " + info.reason(), info.cause()));
    }

    private void tooLate() {
        fail(new HttpClientException(Reason.TIMEOUT, "tls: handshake with " + origin + " took too long"));
    }

    private void fail(HttpClientException why) {
        if (step != Step.OVER) {
            cancel(why.getMessage());
            pool.dialFailed(this, why);
        }
    }

    /** Gives up without a word to the pool. */
    void cancel(@Nullable String why) {
        step = Step.OVER;
        net.loop().cancel(limit);
        Runnable connecting = giveUp;
        if (connecting != null) {
            connecting.run();
        }
        Connection open = connection;
        if (open != null && open.isOpen()) {
            open.abort(CloseInfo.local(0, String.valueOf(why)));
        }
    }
}
