package io.lws.http.client;

import io.lws.Vhost;
import io.lws.http.h2.H2ClientConnection.Credit;
import io.lws.http.wire.WireRequest;
import io.lws.net.LoopNet;
import io.lws.net.Proxy;
import io.lws.net.Resolver;
import io.lws.tls.TlsClientConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks origins over HTTP, on the loops of a context. Connections are kept and shared by all exchanges of one client on
 * one loop; TLS is as the vhost's {@link TlsClientConfig} has it. Any thread.
 *
 * <p>An exchange asked for on a loop of the context runs on that loop; from elsewhere, those for one origin come
 * together on one of them.
 */
public final class HttpClient implements AutoCloseable {
    private final Vhost vhost;
    private final HttpClientLimits limits;
    private final HttpTimeouts timeouts;
    private final @Nullable Proxy proxy;
    private final Dialer dialer;
    private final HttpVersions versions;
    private final TlsClientConfig tls;
    private final TlsClientConfig proxyTls;
    private final Credit credit;
    private final String userAgent;
    private final int maxRedirects;
    private final @Nullable CookieJar cookies;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<LoopNet, ClientLoop> loops = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private HttpClient(Builder from) {
        vhost = from.vhost;
        limits = from.limits;
        timeouts = from.timeouts;
        proxy = from.proxy;
        dialer = from.dialer == null ? new SocketDialer(from.resolver) : from.dialer;
        versions = from.versions;
        proxyTls = from.tls == null ? vhost.option(TlsClientConfig.class, TlsClientConfig.DEFAULT) : from.tls;
        tls = versions.offeredBy(proxyTls);
        credit = from.credit;
        userAgent = from.userAgent;
        maxRedirects = from.maxRedirects;
        cookies = from.cookies;
    }

    /** A client with the options of {@code vhost}, which belongs to a context by the first exchange. */
    public static Builder builder(Vhost vhost) {
        return new Builder(vhost);
    }

    /**
     * Begins an exchange; {@code protocol} hears of it on its loop, at the earliest after this returns or, where this is
     * called on that loop, during the call.
     */
    public <S extends @Nullable Object> HttpExchange<S> exchange(
            ClientRequest request, HttpClientProtocol<S> protocol) {
        if (request.credit() != WireRequest.AUTOMATIC && credit == Credit.AS_READ) {
            throw new IllegalArgumentException("credit needs a client that was built with creditByRequest");
        }
        LoopNet net = netFor(request);
        Exchange<S> exchange = new Exchange<>(this, net, request, protocol);
        if (net.loop().inLoop()) {
            exchange.run();
        } else {
            net.loop().execute(exchange);
        }
        return exchange;
    }

    /**
     * Asks, and waits for the whole response, of at most {@link HttpClientLimits#responseBytes}. Fails with a {@link
     * HttpClientException}; cancelling the future gives the exchange up. What is chained to it before the response has come
     * runs on the loop, as what is chained on the loop always does; else on the thread that chains it.
     */
    public CompletableFuture<ClientResponse> send(ClientRequest request) {
        RequestBody body = request.body();
        if (body != null && body.pieces() == null) {
            throw new IllegalArgumentException("streamed content needs a protocol that writes it: use exchange");
        }
        if (request.credit() != WireRequest.AUTOMATIC) {
            throw new IllegalArgumentException("credit needs a protocol that gives it: use exchange");
        }
        CompletableFuture<ClientResponse> future = new CompletableFuture<>();
        HttpExchange<Void> exchange = exchange(request, new SmallExchange(future, limits.responseBytes()));
        var unused = future.whenComplete((response, failure) -> {
            if (future.isCancelled()) {
                exchange.execute(exchange::abort);
            }
        });
        return future;
    }

    /** {@link #send} of a GET. */
    public CompletableFuture<ClientResponse> get(String uri) {
        return send(ClientRequest.get(uri));
    }

    private LoopNet netFor(ClientRequest request) {
        List<LoopNet> nets = vhost.context().nets();
        for (LoopNet net : nets) {
            if (net.loop().inLoop()) {
                return net;
            }
        }
        HttpTarget target = request.target();
        return nets.get(Math.floorMod(target.authority().hashCode(), nets.size()));
    }

    /** Its half on a loop, on that loop. */
    ClientLoop on(LoopNet net) {
        ClientLoop here = loops.computeIfAbsent(net, key -> new ClientLoop(this, key));
        if (closed) {
            here.close();
        }
        return here;
    }

    /** Takes no more exchanges; those under way go on, idle connections close. Idempotent. */
    @Override
    public void close() {
        closed = true;
        loops.values().forEach(each -> each.net().loop().execute(each::close));
    }

    Vhost vhost() {
        return vhost;
    }

    HttpClientLimits limits() {
        return limits;
    }

    HttpTimeouts timeouts() {
        return timeouts;
    }

    @Nullable
    Proxy proxy() {
        return proxy;
    }

    Dialer dialer() {
        return dialer;
    }

    TlsClientConfig tls() {
        return tls;
    }

    /** On the way to a proxy, where no version is to be agreed on. */
    TlsClientConfig proxyTls() {
        return proxyTls;
    }

    HttpVersions versions() {
        return versions;
    }

    /** Whether a connection to that origin may turn out to be one for many exchanges. */
    boolean sharesConnections(Origin origin) {
        return origin.isSecure() ? tls.alpn().contains("h2") : versions == HttpVersions.HTTP_2;
    }

    Credit credit() {
        return credit;
    }

    String userAgent() {
        return userAgent;
    }

    int maxRedirects() {
        return maxRedirects;
    }

    @Nullable
    CookieJar cookies() {
        return cookies;
    }

    int nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Collects what a client is; every call may be left out. One thread. */
    public static final class Builder {
        private final Vhost vhost;
        private HttpClientLimits limits;
        private HttpTimeouts timeouts;
        private Resolver resolver = Resolver.system();
        private String userAgent = "lws-java";
        private int maxRedirects = 10;
        private @Nullable Proxy proxy;
        private @Nullable Dialer dialer;
        private @Nullable CookieJar cookies;
        private @Nullable TlsClientConfig tls;
        private HttpVersions versions = HttpVersions.NEGOTIATED;
        private Credit credit = Credit.AS_READ;

        private Builder(Vhost vhost) {
            this.vhost = vhost;
            limits = vhost.option(HttpClientLimits.class, HttpClientLimits.DEFAULT);
            timeouts = vhost.option(HttpTimeouts.class, HttpTimeouts.DEFAULT);
        }

        public Builder limits(HttpClientLimits value) {
            limits = value;
            return this;
        }

        public Builder timeouts(HttpTimeouts value) {
            timeouts = value;
            return this;
        }

        /** Connects by way of {@code through}, which also looks hosts up. Unix sockets are connected to directly. */
        public Builder proxy(Proxy through) {
            proxy = through;
            return this;
        }

        public Builder resolver(Resolver value) {
            resolver = value;
            return this;
        }

        /** What to speak; {@link HttpVersions#NEGOTIATED} where nothing is said. */
        public Builder versions(HttpVersions value) {
            versions = value;
            return this;
        }

        /** Speaks HTTP/2 without asking, where {@code known} says that origins do; otherwise changes nothing. */
        public Builder priorKnowledge(boolean known) {
            return known ? versions(HttpVersions.HTTP_2) : this;
        }

        /** In place of the vhost's option. */
        public Builder tls(TlsClientConfig config) {
            tls = config;
            return this;
        }

        /** What the client calls itself; empty sends nothing. */
        public Builder userAgent(String name) {
            userAgent = name;
            return this;
        }

        /** How many redirects to follow; default 10, 0 gives redirects as they come. */
        public Builder maxRedirects(int count) {
            maxRedirects = count;
            return this;
        }

        /** Keeps cookies, and sends them; without one there are none. */
        public Builder cookies(CookieJar jar) {
            cookies = jar;
            return this;
        }

        /** Lets requests say how much content may come at a time: {@link ClientRequest.Builder#credit}. */
        public Builder creditByRequest() {
            credit = Credit.BY_REQUEST;
            return this;
        }

        /** Replaces the sockets, for tests. */
        Builder dialer(Dialer value) {
            dialer = value;
            return this;
        }

        public HttpClient build() {
            return new HttpClient(this);
        }
    }
}
