package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Timer;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.Connect;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.Subscribe;
import io.lws.mqtt.packet.Subscription;
import io.lws.mqtt.store.InFlightStore;
import io.lws.mqtt.store.MemoryInFlightStore;
import io.lws.net.Connection;
import io.lws.net.LoopNet;
import io.lws.policy.Retries;
import io.lws.spi.RoleConnection;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A session over its connections: who it is, what is under way, and when to try again. */
final class ClientSession<S extends @Nullable Object> implements MqttSession<S> {
    private static final Log LOG = Log.of("lws.mqtt");

    /** After these another try would only be refused again, or throw somebody else out. */
    private static final Set<Integer> FINAL = Set.of(
            ReasonCode.UNSUPPORTED_VERSION,
            ReasonCode.CLIENT_ID_NOT_VALID,
            ReasonCode.BAD_USER_OR_PASSWORD,
            ReasonCode.NOT_AUTHORIZED,
            ReasonCode.BAD_AUTHENTICATION_METHOD,
            ReasonCode.SESSION_TAKEN_OVER);

    /** What a client may say in DISCONNECT (3.14.2.1). */
    private static final Set<Integer> FAREWELLS =
            Set.of(0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99);

    private enum State {
        /** On the way to a connection that is taken. */
        CONNECTING,
        ESTABLISHED,
        /** The retry timer runs. */
        WAITING,
        CLOSED
    }

    private final Vhost vhost;
    private final LoopNet net;
    private final MqttOptions options;
    private final MqttProtocol<S> protocol;
    private final InFlightStore store;
    private final S pss;
    private final PacketIds ids = new PacketIds();
    private final OutgoingMessages outgoing;
    private final Requests requests = new Requests(ids, this::subscribed);
    private final Dialer dialer;
    private final Timer retryTimer = new Timer(nowNs -> dial());
    private final SplittableRandom random = new SplittableRandom();
    private final Retries retries;
    /** One object, by which it is forgotten again. */
    private final Runnable cancel = () -> end(CloseInfo.local(0, "context closing"));

    private IncomingIds incoming;

    private volatile String clientId;
    private volatile State state = State.CONNECTING;
    private @Nullable MqttConnection link;
    private boolean knownToBroker;
    private boolean writeableWanted;
    private boolean paused;
    private boolean redirected;

    private ClientSession(Vhost vhost, LoopNet net, MqttOptions options, MqttProtocol<S> protocol, Reach reach) {
        this.vhost = vhost;
        this.net = net;
        this.options = options;
        this.protocol = protocol;
        this.store = ownStore(options.store());
        this.retries = new Retries(options.retry());
        this.clientId = options.clientId();
        this.pss = protocol.newPss();
        outgoing = new OutgoingMessages(store, ids, options.maxQueuedMessages(), options.maxQueuedBytes());
        incoming = new IncomingIds(store, Set.of(), incomingMaximum(options));
        dialer = new Dialer(net, options, this, reach);
    }

    private static InFlightStore ownStore(@Nullable InFlightStore given) {
        return given == null ? new MemoryInFlightStore() : given;
    }

    private static int incomingMaximum(MqttOptions options) {
        return options.version().isV5() ? options.receiveMaximum() : 65535;
    }

    static <S extends @Nullable Object> ClientSession<S> open(
            Vhost vhost, MqttOptions options, MqttProtocol<S> protocol) {
        return open(vhost, leastLoaded(vhost), options, protocol, Reach.sockets(options));
    }

    static LoopNet leastLoaded(Vhost vhost) {
        return vhost.context().nets().stream()
                .min(Comparator.comparingInt(LoopNet::load))
                .orElseThrow();
    }

    /** On a loop of the caller's choice. */
    static <S extends @Nullable Object> ClientSession<S> open(
            Vhost vhost, LoopNet net, MqttOptions options, MqttProtocol<S> protocol, Reach reach) {
        ClientSession<S> session = new ClientSession<>(vhost, net, options, protocol, reach);
        net.loop().execute(new Start(session));
        return session;
    }

    /** A session that begins when the loop has ended already has ended too. */
    private record Start(ClientSession<?> session) implements EventLoop.Task {
        @Override
        public void run() {
            session.start();
        }

        @Override
        public void dropped() {
            session.neverBegan();
        }
    }

    /** On any thread: there is no loop any more. */
    private void neverBegan() {
        state = State.CLOSED;
        tellClosed(CloseInfo.local(0, "the loop has ended"));
    }

    private void start() {
        net.whileServing(cancel);
        if (state == State.CLOSED) {
            return;
        }
        guarded(this::restore);
        if (state != State.CLOSED) {
            dial();
        }
    }

    private void restore() {
        InFlightStore.Kept kept = store.load();
        outgoing.restore(kept.outgoing());
        incoming = new IncomingIds(store, kept.received(), incomingMaximum(options));
    }

    private void dial() {
        state = State.CONNECTING;
        dialer.dial();
    }

    // ---- from the connection

    RoleConnection begin(Connection connection) {
        MqttConnection next = new MqttConnection(connection, this, options);
        if (state == State.CLOSED) {
            connection.abort(CloseInfo.local(0, "closed before it was connected"));
        } else {
            link = next;
        }
        return next;
    }

    /** A session that is known to the broker from an earlier connection goes on whatever the options say. */
    Connect connectPacket() {
        return new Connect(
                options.version(),
                clientId,
                options.cleanStart() && !knownToBroker,
                KeepAlive.seconds(options.keepAlive()),
                options.will(),
                options.user(),
                options.password(),
                ConnectProperties.of(options));
    }

    void onTaken(MqttConnection by, ConnAck answer, BrokerLimits limits) {
        state = State.ESTABLISHED;
        retries.succeeded(net.loop().nowNs());
        dialer.arrived(net.loop().nowNs());
        String assigned = answer.properties().text(MqttProperty.ASSIGNED_CLIENT_IDENTIFIER);
        clientId = assigned == null ? clientId : assigned;
        knownToBroker = !options.sessionExpiry().isZero();
        if (!answer.sessionPresent()) {
            onSessionLost();
        }
        requests.connected(answer.sessionPresent(), limits.maxPacketBytes());
        outgoing.connected(limits.receiveMaximum()).forEach(each -> by.sendPubRel(each.packetId, ReasonCode.SUCCESS));
        if (paused) {
            by.connection().pauseRx();
        }
        if (options.birth() != null) {
            publish(options.birth());
        }
        if (state == State.ESTABLISHED) { // an onAck may have closed it
            protocol.onEstablished(this, answer);
        }
    }

    private void onSessionLost() {
        incoming.sessionLost();
        List<Outgoing> arrived = new ArrayList<>();
        List<Outgoing> unknown = outgoing.sessionLost(arrived);
        arrived.forEach(each -> done(each, each.reasonCode, each.answer));
        unknown.forEach(each -> done(each, ReasonCode.PACKET_ID_NOT_FOUND, MqttProperties.NONE));
    }

    void onServerReference(int reasonCode, @Nullable String reference) {
        redirected = dialer.redirect(reasonCode, reference, net.loop().nowNs());
    }

    void onReauthenticated() {
        protocol.onReauthenticated(this);
    }

    void onReceive(MqttRx rx) {
        protocol.onReceive(this, rx);
    }

    /** What was queued is sent: the user's turn. */
    void onIdle() {
        if (writeableWanted && state == State.ESTABLISHED && outgoing.hasRoom()) {
            writeableWanted = false;
            protocol.onWriteable(this);
        }
    }

    /** A message needs nothing more. */
    void done(Outgoing one, int reasonCode, MqttProperties answer) {
        outgoing.complete(one);
        if (one.whenDone != null) {
            one.whenDone.accept(reasonCode, answer);
        } else if (one.isAcknowledged() && isOpen()) {
            protocol.onAck(this, one.message, reasonCode, answer);
        }
    }

    void onConnectionEnded(MqttConnection ended, CloseInfo info) {
        if (link == ended) {
            link = null;
            guarded(ended::abandonHalfSent);
            onLost(info);
        }
    }

    /** Comes beside {@link #onConnectionEnded} where a connection fails while it opens: the first one counts. */
    void onDialFailed(CloseInfo info) {
        if (state == State.CONNECTING) {
            link = null;
            onLost(info);
        }
    }

    private void onLost(CloseInfo info) {
        if (state == State.CLOSED) {
            return;
        }
        guarded(() ->
                outgoing.disconnected().forEach(each -> done(each, ReasonCode.UNSPECIFIED_ERROR, MqttProperties.NONE)));
        if (state == State.CLOSED) {
            return;
        }
        retries.failed(net.loop().nowNs());
        boolean redirect = redirected;
        redirected = false;
        if (state == State.CONNECTING && !redirect) {
            dialer.goHome();
        }
        if (isFinal(info) || (retries.isExhausted() && !redirect)) {
            end(info);
            return;
        }
        if (retries.isReported()) {
            LOG.warn(tag(), retries.failures() + " failures in a row, the last: " + info.reason());
        }
        state = State.WAITING;
        net.loop().schedule(retryTimer, redirect ? 0 : retries.nextDelayNs(random));
        guarded(() -> protocol.onDisconnected(this, info));
    }

    private static boolean isFinal(CloseInfo info) {
        return info.initiator() == Initiator.CALLBACK
                || (info.initiator() == Initiator.PEER && FINAL.contains(info.code()));
    }

    /** Outside of a connection's events nobody else catches what a callback throws: it ends the session here too. */
    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException | Error e) {
            LOG.error(tag(), "a callback threw; its session is closed", e);
            end(CloseInfo.callback(e));
        }
    }

    void end(CloseInfo info) {
        boolean failed = info.initiator() == Initiator.CALLBACK;
        end(info, new Disconnect(failed ? ReasonCode.UNSPECIFIED_ERROR : ReasonCode.SUCCESS, MqttProperties.NONE));
    }

    /** Once; everything is freed. {@code farewell} is for a broker that has taken the connection. */
    private void end(CloseInfo info, Disconnect farewell) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        net.loop().cancel(retryTimer);
        dialer.cancel();
        net.forget(cancel);
        MqttConnection open = link;
        link = null;
        if (open != null) {
            open.disconnect(farewell);
        }
        tellClosed(info);
    }

    private void tellClosed(CloseInfo info) {
        try {
            protocol.onClosed(this, info);
        } catch (RuntimeException | Error e) {
            LOG.error(tag(), "onClosed threw", e);
        } finally {
            store.close();
        }
    }

    // ---- what is shared with the connection

    OutgoingMessages outgoing() {
        return outgoing;
    }

    IncomingIds incoming() {
        return incoming;
    }

    Requests requests() {
        return requests;
    }

    boolean isPaused() {
        return paused;
    }

    // ---- session

    @Override
    public Publishing publish(MqttMessage message) {
        return publish(message, null, null);
    }

    @Override
    public Publishing publish(MqttMessage message, PayloadSource payload) {
        return publish(message, payload, null);
    }

    /** {@code whenDone} hears the reason code instead of the protocol, at QoS 0 too: there it says that it was sent. */
    Publishing publish(MqttMessage message, @Nullable PayloadSource payload, Outgoing.@Nullable WhenDone whenDone) {
        loop().assertInLoop();
        requirePublishable(message, payload);
        if (state == State.CLOSED) {
            return Publishing.CLOSED;
        }
        if (!outgoing.offer(message, payload, whenDone)) {
            return Publishing.FULL;
        }
        serve();
        return Publishing.TAKEN;
    }

    private static void requirePublishable(MqttMessage message, @Nullable PayloadSource payload) {
        int lengthBytes = payload == null ? message.payloadBytes() : payload.totalBytes();
        if (payload != null && message.payloadBytes() > 0) {
            throw new IllegalArgumentException("a message with two payloads");
        }
        if (message.properties().has(MqttProperty.SUBSCRIPTION_IDENTIFIER)) {
            throw new IllegalArgumentException("a client publishes without subscription identifiers");
        }
        if (lengthBytes < 0 || lengthBytes > PublishHead.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + lengthBytes + " bytes");
        }
    }

    @Override
    public void subscribe(List<Subscription> subscriptions) {
        subscribe(subscriptions, MqttProperties.NONE);
    }

    @Override
    public void subscribe(List<Subscription> subscriptions, MqttProperties properties) {
        Subscribe.requireProperties(properties);
        add(Request.subscribe(subscriptions, properties, (codes, answer) -> subscribed(subscriptions, codes, answer)));
    }

    private void subscribed(List<Subscription> subscriptions, List<Integer> codes, MqttProperties answer) {
        if (isOpen()) {
            protocol.onSubscribed(this, subscriptions, codes, answer);
        }
    }

    void subscribe(List<Subscription> subscriptions, Request.WhenDone whenDone) {
        add(Request.subscribe(subscriptions, whenDone));
    }

    @Override
    public void unsubscribe(List<String> filters) {
        unsubscribe(filters, (codes, answer) -> protocol.onUnsubscribed(this, filters, codes, answer));
    }

    void unsubscribe(List<String> filters, Request.WhenDone whenDone) {
        add(Request.unsubscribe(filters, whenDone));
    }

    private void add(Request request) {
        loop().assertInLoop();
        if (state != State.CLOSED) {
            requests.add(request);
            serve();
        }
    }

    private void serve() {
        if (link != null && state == State.ESTABLISHED) {
            link.connection().requestWriteable();
        }
    }

    @Override
    public void requestWriteable() {
        loop().assertInLoop();
        writeableWanted = true;
        serve();
    }

    @Override
    public void pauseRx() {
        loop().assertInLoop();
        paused = true;
        if (link != null && state == State.ESTABLISHED) {
            link.connection().pauseRx();
        }
    }

    @Override
    public void resumeRx() {
        loop().assertInLoop();
        paused = false;
        if (link != null) {
            link.connection().resumeRx();
        }
    }

    @Override
    public void reauthenticate() {
        loop().assertInLoop();
        MqttAuthenticator authenticator = options.authenticator();
        if (authenticator == null) {
            throw new IllegalStateException("a session without an authenticator");
        }
        if (link != null) {
            link.reauthenticate(authenticator);
        }
    }

    @Override
    public void close() {
        close(ReasonCode.SUCCESS);
    }

    @Override
    public void close(int reasonCode) {
        close(reasonCode, MqttProperties.NONE);
    }

    @Override
    public void close(int reasonCode, MqttProperties properties) {
        loop().assertInLoop();
        if (!FAREWELLS.contains(reasonCode)) {
            throw new IllegalArgumentException("no client says " + ReasonCode.text(reasonCode) + " in DISCONNECT");
        }
        boolean keeps = properties.number(MqttProperty.SESSION_EXPIRY_INTERVAL, 0) > 0;
        if (properties.has(MqttProperty.SERVER_REFERENCE) || keeps && ConnectProperties.expirySeconds(options) == 0) {
            throw new IllegalArgumentException("no DISCONNECT of this session can have " + properties);
        }
        Disconnect farewell = new Disconnect(reasonCode, properties);
        end(CloseInfo.local(reasonCode, "closed by the protocol"), farewell);
    }

    @Override
    public void dropConnection() {
        loop().assertInLoop();
        if (link != null) {
            link.connection().abort(CloseInfo.local(0, "dropped by the protocol"));
        }
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public boolean isConnected() {
        return state == State.ESTABLISHED;
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED;
    }

    @Override
    public S pss() {
        return pss;
    }

    @Override
    public Vhost vhost() {
        return vhost;
    }

    @Override
    public EventLoop loop() {
        return net.loop();
    }

    @Override
    public String tag() {
        return "mqtt|" + clientId;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return link == null ? null : link.connection().transport().remoteAddress();
    }

    @Override
    public void execute(Runnable task) {
        loop().execute(() -> {
            if (state != State.CLOSED) {
                guarded(task);
            }
        });
    }
}
