package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.Protocol;
import io.lws.Vhost;
import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.client.HttpClient;
import io.lws.http.client.UpgradeAnswers;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.net.Proxy;
import io.lws.net.ProxyConnecting;
import io.lws.net.Resolver;
import io.lws.net.Transport;
import io.lws.policy.Retries;
import io.lws.policy.RetryPolicy;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client's WebSocket that is kept up: connects, and connects again by its {@link RetryPolicy} whenever the connection
 * fails or the server ends it, until {@link #close} or the policy says enough. Each connection is a new session of the
 * protocol, with a pss of its own; what is said on it is the protocol's business, as on a server.
 *
 * <p>Bounds, compression, TLS and the policy for silence are options of the vhost it belongs to ({@link WsLimits}, {@link
 * WsDeflate}, {@link TlsClientConfig}, {@link io.lws.policy.ValidityPolicy}). {@link #close} may be called from any thread;
 * what it reports comes on its loop.
 */
public final class WsClient {
    private static final Log LOG = Log.of("lws.ws");
    private static final int MAX_REDIRECTS = 5;

    private enum State {
        /** Not begun. */
        NEW,
        /** Looking up, connecting, shaking hands. */
        CONNECTING,
        /** A session is open. */
        OPEN,
        /** The last attempt failed; the next has its time. */
        WAITING,
        /** No further attempt. */
        ENDED
    }

    private final Vhost vhost;
    private final LoopNet net;
    private final WsProtocol<?> protocol;
    private final WsAsking asking;
    private final WsDialer dialer;
    private final @Nullable HttpClient http;
    private final @Nullable Proxy proxy;
    private final Duration timeout;
    private final RandomGenerator random;
    private final Consumer<CloseInfo> onStale;
    private final Consumer<CloseInfo> onEnd;
    private final Timer retry = new Timer(nowNs -> attempt());
    /** One object, by which it is forgotten again. */
    private final Runnable cancel = this::endWithLoop;

    private final Retries retries;
    private State state = State.NEW;
    private int redirects;
    /** The server has asked for the password as it is: it is told at once from then on. */
    private boolean basic;

    private @Nullable Runnable dialing;
    private @Nullable Connection connection;

    /** As {@code from} is at this moment: it may go on to make others. */
    private WsClient(Builder from, LoopNet net) {
        this.vhost = from.vhost;
        this.net = net;
        this.asking = from.asking();
        this.protocol = from.ws();
        this.dialer = from.dialer();
        this.http = from.http;
        this.proxy = from.proxy;
        this.timeout = from.timeout;
        this.random = from.random;
        this.onStale = from.onStale;
        this.onEnd = from.onEnd;
        this.retries = new Retries(from.retry);
    }

    /** A client whose protocols and options are those of {@code vhost}, which belongs to a context by now. */
    public static Builder builder(Vhost vhost) {
        return new Builder(vhost);
    }

    /** Ends it: an open session is closed with 1000, and no attempt follows. Any thread. Idempotent. */
    public void close() {
        net.loop().execute(() -> end(CloseInfo.local(WsCloseCode.NORMAL, "client closed")));
    }

    // ---- attempts

    /** A client that begins when the loop has ended already has ended too. */
    private record Start(WsClient client) implements EventLoop.Task {
        @Override
        public void run() {
            client.begin();
        }

        @Override
        public void dropped() {
            client.onEnd.accept(CloseInfo.local(WsCloseCode.GOING_AWAY, "the loop has ended"));
        }
    }

    private void begin() {
        net.whileServing(cancel);
        if (state == State.NEW) {
            attempt();
        }
    }

    private void attempt() {
        attempt(asking.uri(), null);
    }

    /** {@code challenged} answers a challenge, where there was one. */
    private void attempt(WsUri to, @Nullable String challenged) {
        state = State.CONNECTING;
        Connecting connecting = new Connecting(to, challenged);
        try {
            begin(connecting);
        } catch (RuntimeException e) {
            connecting.threw(e);
        }
    }

    private void begin(Connecting connecting) {
        WsUri to = connecting.to;
        if (http != null) {
            dialing = new WsOverHttp(asking.request(to, null), asking.userInfo(to), connecting).begin(http);
            return;
        }
        dialing = dialer.dial(
                net, proxy == null ? to.host() : proxy.host(), proxy == null ? to.port() : proxy.port(), connecting);
    }

    /** One attempt, from the name to the answer. */
    private final class Connecting
            implements WsDialer.Outcome, ProxyConnecting.Next, WsConnecting.Next, TlsUpgrade.Next {
        private final WsUri to;
        private final @Nullable String challenged;
        private boolean over;

        Connecting(WsUri to, @Nullable String challenged) {
            this.to = to;
            this.challenged = challenged;
        }

        @Override
        public void onReached(Transport transport) {
            dialing = null;
            try {
                Connection opened = Connection.open(net, transport, this::firstRole);
                connection = state == State.ENDED ? null : opened;
            } catch (IOException e) {
                onFailed(CloseInfo.network(e));
            } catch (RuntimeException e) {
                threw(e);
            }
        }

        /** What is the user's own, such as what keeps the cookies, outside of the events of a connection. */
        private void threw(RuntimeException e) {
            LOG.error("ws-client", "a callback threw; the attempt fails", e);
            onFailed(CloseInfo.callback(e));
        }

        private RoleConnection firstRole(Connection opened) {
            return proxy == null
                    ? secured(opened)
                    : ProxyConnecting.through(proxy, to.host(), to.port(), timeout, this)
                            .make(opened);
        }

        @Override
        public RoleConnection onThrough(Connection through) {
            return secured(through);
        }

        private RoleConnection secured(Connection opened) {
            if (!to.secure()) {
                return ask(opened);
            }
            TlsClientConfig tls = vhost.option(TlsClientConfig.class, TlsClientConfig.DEFAULT);
            return TlsUpgrade.connecting(tls, to.host(), to.port(), this).make(opened);
        }

        private RoleConnection ask(Connection opened) {
            String known = challenged == null && basic ? asking.basic(to) : challenged;
            return new WsConnecting(opened, asking.request(to, known), timeout, this);
        }

        @Override
        public RoleConnection onSecured(Connection secured, TlsInfo info) {
            return ask(secured);
        }

        @Override
        public @Nullable Runnable onAnswer(HttpResponse answer) {
            WsCookies.store(asking.cookies(), to, answer);
            String location = WsClientRequest.location(answer);
            return location == null ? null : () -> redirect(location);
        }

        @Override
        public @Nullable Runnable onChallenge(HttpResponse answer) {
            String authorization = authorization(answer);
            return authorization == null ? null : () -> again(to, authorization);
        }

        /** Once, and again when the server only wants a newer nonce: it knows by then that the password is right. */
        private @Nullable String authorization(HttpResponse answer) {
            String userInfo = asking.userInfo(to);
            if (userInfo == null || answer.status() != HttpStatus.UNAUTHORIZED) {
                return null;
            }
            if (challenged != null && !UpgradeAnswers.isStale(answer)) {
                return null;
            }
            String value = UpgradeAnswers.authorization(answer, userInfo, HttpMethod.GET, to.pathAndQuery());
            basic = value != null && value.startsWith("Basic ");
            return value;
        }

        @Override
        public RoleConnection onAccepted(Connection accepted, WsClientRequest.Agreed agreed) {
            WsConnection<?> session = session(accepted, agreed);
            state = State.OPEN;
            dialing = null;
            connection = accepted;
            retries.succeeded(net.loop().nowNs());
            redirects = 0;
            return session;
        }

        private void redirect(String location) {
            try {
                again(to.redirected(location), null);
            } catch (IllegalArgumentException e) {
                failed(new CloseInfo(0, String.valueOf(e.getMessage()), Initiator.PEER, null));
            }
        }

        private void again(WsUri there, @Nullable String authorization) {
            connection = null;
            if (state != State.CONNECTING) {
                return;
            }
            if (++redirects > MAX_REDIRECTS) {
                failed(new CloseInfo(0, "sent round too often", Initiator.PEER, null));
            } else {
                attempt(there, authorization);
            }
        }

        /** Once: a connection that fails while it opens is told of by its role, and by what opens it. */
        @Override
        public void onFailed(CloseInfo info) {
            if (!over) {
                over = true;
                failed(info);
            }
        }

        @Override
        public void onUnreachable(IOException why) {
            dialing = null;
            onFailed(CloseInfo.network(why));
        }
    }

    private WsConnection<?> session(Connection accepted, WsClientRequest.Agreed agreed) {
        return session(accepted, agreed, protocol);
    }

    private <S extends @Nullable Object> WsConnection<S> session(
            Connection accepted, WsClientRequest.Agreed agreed, WsProtocol<S> speaking) {
        return WsConnection.client(
                accepted, vhost, speaking, speaking.newPss(), agreed.subprotocol(), agreed.extension(), this::failed);
    }

    // ---- the end of an attempt or of a session

    private void failed(CloseInfo info) {
        connection = null;
        redirects = 0;
        if (state == State.ENDED) {
            return;
        }
        if (info.initiator() == Initiator.LOCAL) {
            end(info);
            return;
        }
        retries.failed(net.loop().nowNs());
        if (retries.isReported()) {
            tellStale(info);
        }
        if (state != State.ENDED && retries.isExhausted()) {
            end(info);
        } else if (state != State.ENDED) {
            state = State.WAITING;
            net.loop().schedule(retry, retries.nextDelayNs(random));
        }
    }

    /** What a listener throws is no reason not to try again. */
    private void tellStale(CloseInfo info) {
        try {
            onStale.accept(info);
        } catch (RuntimeException e) {
            LOG.error("ws-client", "onStale threw", e);
        }
    }

    private void endWithLoop() {
        end(CloseInfo.local(WsCloseCode.GOING_AWAY, "context closing"));
    }

    private void end(CloseInfo why) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        net.forget(cancel);
        net.loop().cancel(retry);
        Runnable giveUp = dialing;
        if (giveUp != null) {
            dialing = null;
            giveUp.run();
        }
        Connection open = connection;
        if (open != null) {
            connection = null;
            open.tell(role -> leave(open, role, why));
        }
        onEnd.accept(why);
    }

    private static void leave(Connection open, RoleConnection role, CloseInfo why) {
        if (role instanceof WsConnection<?> ws) {
            ws.close(why.code() == 0 ? WsCloseCode.NORMAL : why.code(), "");
        } else {
            open.abort(why);
        }
    }

    /** Collects what a client is. One thread; each {@link #connect} makes a client of its own. */
    public static final class Builder {
        private final Vhost vhost;
        private final Headers.Builder headers = Headers.builder();
        private final List<String> subprotocols = new ArrayList<>();
        private @Nullable WsUri uri;
        private @Nullable String protocol;
        private @Nullable WsProtocol<?> speaking;
        private @Nullable SocketAddress fixed;
        private @Nullable WsDialer dialer;
        private @Nullable HttpClient http;
        private @Nullable Proxy proxy;
        private @Nullable CookieHandler cookies;
        private Resolver resolver = Resolver.system();
        private RetryPolicy retry = RetryPolicy.DEFAULT;
        private RandomGenerator random = new SecureRandom();
        private Duration timeout = Duration.ofSeconds(20);
        private Consumer<CloseInfo> onStale = info -> {};
        private Consumer<CloseInfo> onEnd = info -> {};

        private Builder(Vhost vhost) {
            this.vhost = vhost;
        }

        /**
         * Where to, such as {@code wss://example.com/chat}. A user and password in it answer that host when it asks who we
         * are, by Digest where it can, else by Basic, and no other host that it may redirect to.
         */
        public Builder uri(String text) {
            uri = WsUri.of(text);
            return this;
        }

        /** The vhost's protocol that shall speak; it is also the one subprotocol offered, unless others are named. */
        public Builder protocol(String name) {
            protocol = name;
            return this;
        }

        /** Speaks {@code own}, which need not be one of the vhost's: for a client whose protocol is about one thing. */
        public Builder protocol(WsProtocol<?> own) {
            speaking = own;
            return this;
        }

        /**
         * Offers one more subprotocol, in order of preference; none at all is offered for the empty name. Each is a token of
         * HTTP and offered once (RFC 6455 4.1), else {@link #connect} throws.
         */
        public Builder subprotocol(String name) {
            subprotocols.add(name);
            return this;
        }

        /**
         * Adds a field to the request; {@code IllegalArgumentException} for one that the handshake itself has. Authorization,
         * Proxy-Authorization and Cookie go to the host of the URI alone, not to where it redirects to.
         */
        public Builder header(String name, String value) {
            if (WsClientRequest.isOwnField(name)) {
                throw new IllegalArgumentException("the handshake has its own " + name);
            }
            headers.add(name, value);
            return this;
        }

        /**
         * Sends the cookies that {@code handler} has for the server, and gives it those that come with any answer, that of
         * a redirect included; {@link java.net.CookieManager} is one that keeps them. It is asked on the loop, so it must
         * not block.
         */
        public Builder cookies(CookieHandler handler) {
            cookies = handler;
            return this;
        }

        /**
         * Takes connections of {@code client} instead of its own: where the origin speaks HTTP/2 a stream of one that others
         * share (RFC 8441), else one to itself. Proxy, resolver, unix socket, TLS and timeouts are then that client's, and
         * its cookies are sent too.
         */
        public Builder over(HttpClient client) {
            http = client;
            return this;
        }

        /** Connects by way of this unix socket, whatever the host in the URI is. */
        public Builder unixSocket(Path path) {
            fixed = UnixDomainSocketAddress.of(path);
            return this;
        }

        /** Connects by way of {@code proxy}, which also looks the host up. */
        public Builder proxy(Proxy through) {
            proxy = through;
            return this;
        }

        /** Looks hosts up, unless a proxy or {@link #over} does; default {@link Resolver#system}. */
        public Builder resolver(Resolver value) {
            resolver = value;
            return this;
        }

        /** When to try again; {@link RetryPolicy#DEFAULT} where nothing is said. */
        public Builder retry(RetryPolicy policy) {
            retry = policy;
            return this;
        }

        /** Where the jitter of retries comes from, for tests. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** How long connecting may take, and then again the answer; default 20 s. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** Told, once in a row of failures, that the connection is not to be had: the first failure not concealed. */
        public Builder onStale(Consumer<CloseInfo> listener) {
            onStale = listener;
            return this;
        }

        /**
         * Told, once, that there will be no further attempt. A session that is open then has its close frame sent.
         * On the client's loop, or, where that has ended before the client began, on any thread.
         */
        public Builder onEnd(Consumer<CloseInfo> listener) {
            onEnd = listener;
            return this;
        }

        /** Begins on the loop with the fewest connections. Any thread. */
        public WsClient connect() {
            List<LoopNet> nets = vhost.context().nets();
            LoopNet best = nets.get(0);
            for (LoopNet each : nets) {
                best = each.load() < best.load() ? each : best;
            }
            return connect(best);
        }

        /** Begins on a loop of one's choice. */
        WsClient connect(LoopNet net) {
            WsClient client = new WsClient(this, net);
            net.loop().execute(new Start(client));
            return client;
        }

        private WsProtocol<?> ws() {
            if (speaking != null) {
                return speaking;
            }
            Protocol<?> named = protocol == null ? vhost.defaultProtocol(WsProtocol.class) : vhost.protocol(protocol);
            if (named instanceof WsProtocol<?> ws) {
                return ws;
            }
            throw new IllegalArgumentException(
                    "vhost " + vhost.name() + " has no ws protocol " + (protocol == null ? "at all" : protocol));
        }

        /** Replaces the sockets, for tests. */
        Builder dialer(WsDialer value) {
            dialer = value;
            return this;
        }

        private WsDialer dialer() {
            WsDialer given = dialer;
            return given != null ? given : WsDialer.sockets(resolver, fixed, timeout);
        }

        private WsAsking asking() {
            if (uri == null) {
                throw new IllegalStateException("a client needs a uri");
            }
            WsClientRequest.requireSubprotocols(offered());
            return new WsAsking(uri, headers.build(), offered(), WsExtensions.of(vhost), cookies);
        }

        private List<String> offered() {
            if (!subprotocols.isEmpty()) {
                return subprotocols.stream().filter(name -> !name.isEmpty()).toList();
            }
            return protocol == null ? List.of() : List.of(protocol);
        }
    }
}
