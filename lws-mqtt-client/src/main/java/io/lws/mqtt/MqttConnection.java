package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.Log;
import io.lws.ProtocolException;
import io.lws.loop.Timer;
import io.lws.mqtt.codec.PacketDecoder;
import io.lws.mqtt.codec.PacketEncoder;
import io.lws.mqtt.codec.PacketEvents;
import io.lws.mqtt.codec.Violations;
import io.lws.mqtt.packet.Ack;
import io.lws.mqtt.packet.Auth;
import io.lws.mqtt.packet.ConnAck;
import io.lws.mqtt.packet.Connect;
import io.lws.mqtt.packet.Disconnect;
import io.lws.mqtt.packet.MqttProperties;
import io.lws.mqtt.packet.MqttProperty;
import io.lws.mqtt.packet.PacketType;
import io.lws.mqtt.packet.PublishHead;
import io.lws.mqtt.packet.Qos;
import io.lws.mqtt.packet.ReasonCode;
import io.lws.mqtt.packet.SubAck;
import io.lws.mqtt.packet.Subscribe;
import io.lws.mqtt.packet.UnsubAck;
import io.lws.mqtt.packet.Unsubscribe;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection of a session: the wire's side of it. Ends with its connection; the session goes on. */
final class MqttConnection implements RoleConnection, PacketEvents {
    private static final Log LOG = Log.of("lws.mqtt");

    /** What a topic alias may add. */
    private static final int ALIAS_BYTES = 3;

    private static final PublishHead NO_MESSAGE =
            new PublishHead(false, Qos.AT_MOST_ONCE, false, "", 0, MqttProperties.NONE, 0);

    /** Which packets may come. */
    private enum State {
        /** CONNECT has to be sent. */
        NEW,
        /** CONNACK must come; AUTH may. */
        CONNECTING,
        ESTABLISHED,
        /** The broker has said why it goes. */
        DISMISSED
    }

    private final Connection connection;
    private final ClientSession<?> session;
    private final MqttOptions options;
    private final PacketDecoder decoder;
    private final PacketEncoder encoder;
    private final TopicAliases aliases;
    private final PublishInPieces pieces;
    private final KeepAlive keepAlive;
    private final Timer keepAliveTimer = new Timer(this::onKeepAlive);
    private BrokerLimits limits = BrokerLimits.NONE;
    private State state = State.NEW;
    /** The broker was asked to forget the session. */
    private boolean cleanStart;

    private PublishHead head = NO_MESSAGE;
    private String topic = "";
    private boolean repeated;
    /** The broker owes an AUTH that ends what {@link #reauthenticate} has begun. */
    private boolean authenticating;

    MqttConnection(Connection connection, ClientSession<?> session, MqttOptions options) {
        this.connection = connection;
        this.session = session;
        this.options = options;
        decoder = new PacketDecoder(options.version(), options.maxPacketBytes(), this);
        encoder = new PacketEncoder(options.version());
        aliases = new TopicAliases(options.topicAliasMaximum());
        pieces = new PublishInPieces(connection);
        keepAlive = new KeepAlive(options.keepAlive(), connection.loop().nowNs());
        connection.requestWriteable();
    }

    Connection connection() {
        return connection;
    }

    // ---- role

    @Override
    public String roleName() {
        return "mqtt";
    }

    @Override
    public void onReadable(ByteBuffer in) {
        keepAlive.onReceived(connection.loop().nowNs());
        while (in.hasRemaining() && connection.isReading()) {
            decoder.decode(in);
        }
    }

    @Override
    public void onWriteable() {
        if (state == State.NEW) {
            connect();
        } else if (state == State.ESTABLISHED) {
            sendWaiting();
        }
    }

    private void connect() {
        state = State.CONNECTING;
        Connect packet = session.connectPacket();
        cleanStart = packet.cleanStart();
        send(encoder.encode(packet));
        connection.setTimeout(
                TimeoutReason.AWAITING_HEADERS, options.connectTimeout().toNanos());
    }

    /** A broker may read no more than it can pass on, and says in a DISCONNECT why it takes no more. */
    @Override
    public boolean awaitsAnswer() {
        return true;
    }

    @Override
    public void onPeerFin() {
        connection.close(CloseInfo.peer(0, "the broker closed the connection"));
    }

    @Override
    public void onViolation(ProtocolException violation) {
        if (options.version().isV5() && state != State.NEW && !pieces.isOpen()) {
            send(encoder.encode(new Disconnect(violation.code(), MqttProperties.NONE)));
        }
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.close(CloseInfo.timeout("no answer to CONNECT"));
    }

    @Override
    public void onDrain() {
        session.close();
    }

    @Override
    public void onClosed(CloseInfo info) {
        connection.loop().cancel(keepAliveTimer);
        session.onConnectionEnded(this, info);
    }

    /** MQTT 3.1.1 has one DISCONNECT, which takes the will back: who means anything else just goes. */
    void disconnect(Disconnect farewell) {
        boolean canBeSaid = options.version().isV5() || farewell.reasonCode() == ReasonCode.SUCCESS;
        if (state == State.ESTABLISHED && !pieces.isOpen() && canBeSaid) {
            send(encoder.encode(farewell));
        }
        connection.close(CloseInfo.local(farewell.reasonCode(), "closed by the protocol"));
    }

    // ---- the connection being taken

    @Override
    public void onConnAck(ConnAck packet) {
        if (state != State.CONNECTING) {
            throw Violations.protocolError("a second CONNACK");
        }
        connection.clearTimeout();
        if (packet.reasonCode() != ReasonCode.SUCCESS) {
            dismissed(packet.reasonCode(), packet.properties());
            return;
        }
        if (packet.sessionPresent() && cleanStart) {
            throw Violations.protocolError("a session that had to be forgotten");
        }
        authenticated(packet.properties());
        state = State.ESTABLISHED;
        limits = BrokerLimits.of(packet.properties(), options.inFlightMaximum());
        aliases.outMaximum(Math.min(limits.topicAliases(), options.topicAliasMaximum()));
        keepAlive.brokerWants(limits.keepAliveSeconds());
        armKeepAlive();
        session.onTaken(this, packet, limits);
        connection.requestWriteable();
    }

    /** The method comes back where there is one, and no other (4.12). */
    private void authenticated(MqttProperties properties) {
        MqttAuthenticator authenticator = options.authenticator();
        String method = properties.text(MqttProperty.AUTHENTICATION_METHOD);
        if (!Objects.equals(method, authenticator == null ? null : authenticator.method())) {
            throw Violations.protocolError("authenticated by " + method);
        }
        if (authenticator != null) {
            authenticator.succeeded(data(properties));
        }
    }

    private static ByteBuffer data(MqttProperties properties) {
        ByteBuffer data = properties.binary(MqttProperty.AUTHENTICATION_DATA);
        return data == null ? ByteBuffer.allocate(0) : data;
    }

    @Override
    public void onAuth(Auth packet) {
        MqttAuthenticator authenticator = options.authenticator();
        String method = packet.properties().text(MqttProperty.AUTHENTICATION_METHOD);
        boolean asked = state == State.CONNECTING && packet.reasonCode() != ReasonCode.SUCCESS || authenticating;
        if (!asked || authenticator == null || !authenticator.method().equals(method)) {
            throw Violations.protocolError("AUTH that was not asked for");
        }
        if (packet.reasonCode() == ReasonCode.CONTINUE_AUTHENTICATION) {
            sendAuth(
                    ReasonCode.CONTINUE_AUTHENTICATION, authenticator, authenticator.answer(data(packet.properties())));
        } else {
            authenticating = false;
            authenticator.succeeded(data(packet.properties()));
            session.onReauthenticated();
        }
    }

    /** Begins authentication anew on an open connection (4.12.1), one at a time. */
    void reauthenticate(MqttAuthenticator authenticator) {
        if (state == State.ESTABLISHED && !authenticating) {
            authenticating = true;
            sendAuth(ReasonCode.REAUTHENTICATE, authenticator, authenticator.begin());
        }
    }

    private void sendAuth(int reasonCode, MqttAuthenticator authenticator, ByteBuffer data) {
        send(encoder.encode(new Auth(
                reasonCode,
                MqttProperties.builder()
                        .text(MqttProperty.AUTHENTICATION_METHOD, authenticator.method())
                        .binary(MqttProperty.AUTHENTICATION_DATA, data)
                        .build())));
    }

    @Override
    public void onDisconnect(Disconnect packet) {
        expectEstablished();
        dismissed(packet.reasonCode(), packet.properties());
    }

    private void dismissed(int reasonCode, MqttProperties properties) {
        state = State.DISMISSED;
        session.onServerReference(reasonCode, properties.text(MqttProperty.SERVER_REFERENCE));
        connection.close(CloseInfo.peer(reasonCode, ReasonCode.text(reasonCode, properties)));
    }

    private void expectEstablished() {
        if (state == State.NEW || state == State.CONNECTING) {
            throw Violations.protocolError("a packet before CONNACK");
        }
    }

    // ---- sending

    private void send(ByteBuffer packet) {
        if (pieces.isOpen()) {
            pieces.hold(packet);
        } else {
            connection.write(packet);
        }
        keepAlive.onSent(connection.loop().nowNs());
    }

    private void sendWaiting() {
        if (!hasFinishedPayload()) {
            return;
        }
        session.requests().sendAll(limits, this::send);
        OutgoingMessages outgoing = session.outgoing();
        Outgoing next;
        while (connection.isReadyForOutput() && (next = outgoing.next()) != null) {
            send(next);
            if (!hasFinishedPayload()) {
                return;
            }
        }
        if (outgoing.hasNext()) {
            connection.requestWriteable();
        } else {
            session.onIdle();
        }
    }

    private void send(int packetId, Request request) {
        ByteBuffer packet = request.kind() == Request.Kind.SUBSCRIBE
                ? encoder.encode(new Subscribe(packetId, request.subscriptions(), request.properties()))
                : encoder.encode(new Unsubscribe(packetId, request.filters(), MqttProperties.NONE));
        if (packet.remaining() <= limits.maxPacketBytes()) {
            send(packet);
            return;
        }
        int filters = request.subscriptions().size() + request.filters().size();
        answered(
                request.kind(),
                packetId,
                Collections.nCopies(filters, ReasonCode.PACKET_TOO_LARGE),
                MqttProperties.NONE);
    }

    private void send(Outgoing one) {
        int refusal = limits.refusal(one.message);
        if (refusal != ReasonCode.SUCCESS) {
            session.done(one, refusal, MqttProperties.NONE);
            return;
        }
        PublishHead plain = new PublishHead(
                one.dup,
                one.message.qos(),
                one.message.retain(),
                one.message.topic(),
                one.packetId,
                one.message.properties(),
                one.payloadBytes());
        if (isTooLarge(plain)) {
            session.done(one, ReasonCode.PACKET_TOO_LARGE, MqttProperties.NONE);
            return;
        }
        if (one.source == null && plain.payloadBytes() <= PublishInPieces.PIECE_BYTES) {
            one.dup = true;
            send(encoder.encode(aliases.abbreviate(plain)));
            connection.write(one.message.payload());
            sent(one);
        } else {
            begin(one, plain);
        }
    }

    private void sent(Outgoing one) {
        if (!one.isAcknowledged()) {
            session.done(one, ReasonCode.SUCCESS, MqttProperties.NONE);
        }
    }

    private void begin(Outgoing one, PublishHead plain) {
        try {
            pieces.prepare(one);
        } catch (IOException e) {
            LOG.warn(session.tag(), "a message to " + plain.topic() + " fails: " + e);
            session.done(one, ReasonCode.UNSPECIFIED_ERROR, MqttProperties.NONE);
            return;
        }
        one.dup = true;
        send(encoder.encode(aliases.abbreviate(plain)));
        pieces.begin(one);
    }

    /** Goes on with the payload that is on its way; false while there is one. */
    private boolean hasFinishedPayload() {
        Outgoing one = pieces.open();
        if (one == null) {
            return true;
        }
        try {
            int before = pieces.sentBytes();
            PublishInPieces.Progress progress = pieces.goOn();
            if (pieces.sentBytes() > before) {
                keepAlive.onTaken(connection.loop().nowNs());
            }
            if (progress == PublishInPieces.Progress.DRY) {
                return false;
            }
            if (progress == PublishInPieces.Progress.CHOKED) {
                connection.requestWriteable();
                return false;
            }
            sent(one);
            return true;
        } catch (IOException e) {
            // half a packet is out, and nothing can follow it
            pieces.abandon();
            connection.abort(new CloseInfo(0, "a payload could not be read: " + e, Initiator.LOCAL, e));
            session.done(one, ReasonCode.UNSPECIFIED_ERROR, MqttProperties.NONE);
            return false;
        }
    }

    /** This connection has ended: what it leaves half sent, and nobody will send again, is lost. */
    void abandonHalfSent() {
        Outgoing one = pieces.open();
        if (one != null && !one.isAcknowledged()) {
            session.done(one, ReasonCode.UNSPECIFIED_ERROR, MqttProperties.NONE);
        }
    }

    private boolean isTooLarge(PublishHead plain) {
        return limits.maxPacketBytes() != Long.MAX_VALUE
                && encoder.encode(plain).remaining() + ALIAS_BYTES + (long) plain.payloadBytes()
                        > limits.maxPacketBytes();
    }

    void sendPubRel(int packetId, int reasonCode) {
        send(encoder.encode(new Ack(PacketType.PUBREL, packetId, reasonCode, MqttProperties.NONE)));
    }

    // ---- answers

    @Override
    public void onAck(Ack packet) {
        expectEstablished();
        switch (packet.type()) {
            case PUBACK ->
                done(session.outgoing().onPubAck(packet.packetId()), packet.reasonCode(), packet.properties());
            case PUBREC -> onPubRec(packet);
            case PUBREL ->
                send(encoder.encode(new Ack(
                        PacketType.PUBCOMP,
                        packet.packetId(),
                        session.incoming().onReleased(packet.packetId()),
                        MqttProperties.NONE)));
            default -> onPubComp(packet.packetId());
        }
    }

    private void onPubRec(Ack packet) {
        if (ReasonCode.isError(packet.reasonCode())) {
            done(session.outgoing().onPubRecRefusal(packet.packetId()), packet.reasonCode(), packet.properties());
            return;
        }
        Outgoing one = session.outgoing().onPubRec(packet.packetId());
        if (one != null) {
            one.reasonCode = packet.reasonCode();
            one.answer = packet.properties();
        }
        sendPubRel(packet.packetId(), one == null ? ReasonCode.PACKET_ID_NOT_FOUND : ReasonCode.SUCCESS);
    }

    private void onPubComp(int packetId) {
        Outgoing one = session.outgoing().onPubComp(packetId);
        if (one == null) {
            connection.requestWriteable();
        } else {
            done(one, one.reasonCode, one.answer);
        }
    }

    private void done(@Nullable Outgoing one, int reasonCode, MqttProperties answer) {
        if (one != null) {
            session.done(one, reasonCode, answer);
        }
        connection.requestWriteable();
    }

    @Override
    public void onSubAck(SubAck packet) {
        expectEstablished();
        answered(Request.Kind.SUBSCRIBE, packet.packetId(), packet.reasonCodes(), packet.properties());
    }

    private void answered(Request.Kind kind, int packetId, List<Integer> codes, MqttProperties answer) {
        session.requests().answered(kind, packetId, codes).whenDone().accept(codes, answer);
        connection.requestWriteable();
    }

    @Override
    public void onUnsubAck(UnsubAck packet) {
        expectEstablished();
        answered(Request.Kind.UNSUBSCRIBE, packet.packetId(), packet.reasonCodes(), packet.properties());
    }

    // ---- messages

    @Override
    public void onPublish(PublishHead packet) {
        expectEstablished();
        head = packet;
        topic = aliases.resolve(packet);
        if (topic.length() > options.maxTopicChars()) {
            throw new ProtocolException(ReasonCode.TOPIC_NAME_INVALID, "a topic of " + topic.length() + " characters");
        }
        repeated = packet.qos() == Qos.EXACTLY_ONCE && !session.incoming().isNew(packet.packetId());
    }

    @Override
    public void onPayload(ByteBuffer piece, int offset) {
        MqttRx rx = new MqttRx(head, topic, offset, piece);
        boolean last = rx.isLast();
        if (!repeated) {
            session.onReceive(rx);
        }
        if (last && connection.isOpen()) {
            acknowledge();
        }
    }

    private void acknowledge() {
        if (head.qos() == Qos.EXACTLY_ONCE && !repeated) {
            session.incoming().onReceived(head.packetId());
        }
        if (head.qos() != Qos.AT_MOST_ONCE) {
            PacketType answer = head.qos() == Qos.EXACTLY_ONCE ? PacketType.PUBREC : PacketType.PUBACK;
            send(encoder.encode(Ack.of(answer, head.packetId())));
        }
    }

    // ---- keep alive

    @Override
    public void onPingResp() {
        expectEstablished();
    }

    private void armKeepAlive() {
        connection
                .loop()
                .schedule(keepAliveTimer, keepAlive.delayNs(connection.loop().nowNs()));
    }

    private void onKeepAlive(long nowNs) {
        if (!connection.isOpen()) {
            return;
        }
        switch (keepAlive.step(nowNs, session.isPaused() || connection.isChoked())) {
            case PING -> send(encoder.pingReq());
            case HANG_UP -> connection.abort(CloseInfo.timeout("the broker is silent"));
            default -> {}
        }
        armKeepAlive();
    }
}
