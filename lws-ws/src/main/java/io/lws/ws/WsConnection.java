package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.policy.ValidityPolicy;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Role state, session and writer of one WebSocket in one object: an idle one is this, its parser and its connection. */
final class WsConnection<S extends @Nullable Object> implements RoleConnection, WsSession<S>, WsTx {
    /** The life of a WebSocket (RFC 6455 7). */
    private enum State {
        /** Made, but the protocol has not been told. */
        OPENING,
        OPEN,
        /** Our close frame is out, the peer's is awaited; its messages are dropped. */
        CLOSE_SENT,
        /** Both close frames were exchanged, or will never be. */
        CLOSED
    }

    /** Writeable callbacks that a protocol may have between the peer's close frame and ours. */
    private static final int MAX_OWED = 256;

    private final Connection connection;
    private final @Nullable Consumer<CloseInfo> afterClosed;
    private final WsLoop shared;
    private final Vhost vhost;
    private final WsProtocol<S> protocol;
    private final S pss;
    private final String subprotocol;
    private final WsInbound<S> inbound;
    private final WsFrameParser parser;
    private final WsOutput output;
    private final WsOutbox outbox = new WsOutbox();
    private State state = State.OPENING;
    /** The protocol has asked for writeable, as opposed to the outbox or the opening. */
    private boolean writeableAsked;
    /** A message of the protocol's is on the wire in part: nothing but its next frame may follow. */
    private boolean messageOpen;

    private @Nullable WsLiveness liveness;
    private int closeCode = WsCloseCode.ABNORMAL;
    private String closeReason = "";
    private @Nullable WsOutflow outflow;

    private WsConnection(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            WsSide side,
            @Nullable WsAgreement agreed,
            @Nullable Consumer<CloseInfo> afterClosed) {
        this.connection = connection;
        this.shared = WsLoop.of(connection.net());
        this.vhost = vhost;
        this.protocol = protocol;
        this.pss = pss;
        this.subprotocol = subprotocol;
        WsLimits limits = vhost.option(WsLimits.class, WsLimits.defaults());
        this.parser = new WsFrameParser(side, limits, agreed == null ? 0 : agreed.bit().wire);
        this.afterClosed = afterClosed;
        this.output = new WsOutput(connection, shared, side, agreed);
        this.inbound = new WsInbound<>(this, agreed == null ? null : decoding(agreed));
    }

    private WsDecoding decoding(WsAgreement agreed) {
        return new WsDecoding(agreed.incoming().apply(connection.net()), agreed.bit().wire, limits().maxMessageBytes());
    }

    /** The server's end of an upgrade that has been accepted; {@code afterClosed} hears of the end behind the protocol. */
    static <S extends @Nullable Object> WsConnection<S> server(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            @Nullable WsAgreement agreed,
            @Nullable Consumer<CloseInfo> afterClosed) {
        WsConnection<S> ws =
                new WsConnection<>(connection, vhost, protocol, pss, subprotocol, WsSide.SERVER, agreed, afterClosed);
        connection.requestWriteable();
        return ws;
    }

    /** The client's end. */
    static <S extends @Nullable Object> WsConnection<S> client(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            @Nullable WsAgreement agreed,
            Consumer<CloseInfo> afterClosed) {
        WsConnection<S> ws =
                new WsConnection<>(connection, vhost, protocol, pss, subprotocol, WsSide.CLIENT, agreed, afterClosed);
        connection.requestWriteable();
        return ws;
    }

    @Override
    public String roleName() {
        return "ws";
    }

    @Override
    public String protocolName() {
        return vhost.protocolName(protocol, roleName());
    }

    private void open() {
        if (state == State.OPENING) {
            state = State.OPEN;
            watchLiveness();
            protocol.onEstablished(this);
        }
    }

    private void watchLiveness() {
        ValidityPolicy policy = vhost.option(ValidityPolicy.class, ValidityPolicy.DEFAULT);
        if (policy != ValidityPolicy.OFF) {
            liveness = new WsLiveness(connection, output, policy);
        }
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        open();
        if (liveness != null) {
            liveness.onSignOfLife();
        }
        while (connection.isReading()) {
            switch (parser.next(in.order(ByteOrder.nativeOrder()))) { // unmasking is faster that way round
                case WsFrameParser.DATA -> receive(in);
                case WsFrameParser.PING -> pong(in);
                case WsFrameParser.PONG -> receivePong(in);
                case WsFrameParser.CLOSE -> receiveClose(parser.closeCode(in), parser.closeReason(in));
                default -> {
                    return;
                }
            }
        }
    }

    private void receive(ByteBuffer in) {
        if (state == State.OPEN) {
            int from = parser.payloadIndex();
            inbound.receive(in, from, from + parser.payloadBytes(), parser.piece());
        }
    }

    Connection connection() {
        return connection;
    }

    WsLoop shared() {
        return shared;
    }

    WsProtocol<S> protocol() {
        return protocol;
    }

    WsLimits limits() {
        return parser.limits();
    }

    /** False once messages are dropped, for we have begun to close. */
    boolean isReceiving() {
        return state == State.OPEN;
    }

    @Override
    public void assemble(WsFragment rx) {
        inbound.assemble(rx);
    }

    private void pong(ByteBuffer in) {
        if (state == State.OPEN) {
            output.control(WsWire.PONG, in, parser.payloadIndex(), parser.payloadBytes());
        }
    }

    private void receivePong(ByteBuffer in) {
        if (state == State.OPEN) {
            protocol.onPong(this, in.slice(parser.payloadIndex(), parser.payloadBytes()));
        }
    }

    private void receiveClose(int code, String reason) {
        State before = state;
        if (before == State.CLOSE_SENT) {
            state = State.CLOSED;
            connection.close(CloseInfo.local(closeCode, closeReason));
            return;
        }
        protocol.onPeerClose(this, code, reason);
        if (state == State.OPEN) {
            writeWhatIsOwed();
            sendLastPosted();
            writeClose(code, "");
        }
        state = State.CLOSED;
        connection.close(CloseInfo.peer(code, reason));
    }

    /** The peer's close frame came right behind its messages: what it has asked for goes out before ours. */
    private void writeWhatIsOwed() {
        for (int i = 0; i < MAX_OWED && writeableAsked && state == State.OPEN && !connection.isChoked(); i++) {
            writeableAsked = false;
            protocol.onWriteable(this, this);
        }
    }

    /** From now on {@link #post} says no, and what it has said yes to goes out, unless that were amid another message. */
    private void sendLastPosted() {
        outbox.seal();
        if (!messageOpen) {
            outbox.drain(output::message);
        }
    }

    // ---- output

    @Override
    public void onWriteable() {
        open();
        if (state != State.OPEN) {
            return;
        }
        if (writeableAsked) {
            writeableAsked = false;
            protocol.onWriteable(this, this);
        }
        if (!messageOpen) {
            sendPosted();
        }
        inbound.goOn();
    }

    private void sendPosted() {
        WsMessage next;
        while (isReady() && (next = outbox.poll()) != null) {
            output.message(next);
        }
        if (!outbox.isEmpty()) {
            connection.requestWriteable();
        } else if (outflow != null) {
            outflow.sent();
        }
    }

    /** {@code given} hears when all posted messages are on their way, and of the end. */
    void outflow(WsOutflow given) {
        outflow = given;
    }

    @Override
    public void write(WsFragment fragment) {
        startFrame(fragment.piece());
        output.fragment(fragment);
        if (fragment.isOwned()) {
            fragment.spend(shared.pool);
        }
    }

    @Override
    public void write(WsMessage message) {
        startFrame(WsPiece.WHOLE);
        output.message(message);
    }

    @Override
    public void write(WsOpcode opcode, WsPart part, ByteBuffer payload) {
        startFrame(part.piece);
        output.piece(part.piece | opcode.code(), payload);
    }

    @Override
    public WsTx uncompressed() {
        output.skipCompression();
        return this;
    }

    /** Refuses what would put one message inside another. */
    private void startFrame(int piece) {
        if (state != State.OPEN) {
            throw new IllegalStateException("written after close");
        }
        boolean first = (piece & WsPiece.FIRST) != 0;
        if (first == messageOpen) {
            throw new IllegalStateException(first ? "a message inside another" : "a fragment without its first one");
        }
        messageOpen = (piece & WsPiece.FINAL) == 0;
        if (!messageOpen && !outbox.isEmpty()) {
            connection.requestWriteable();
        }
    }

    @Override
    public boolean isReady() {
        return connection.isReadyForOutput();
    }

    @Override
    public boolean post(WsMessage message) {
        if (!loop().inLoop()) {
            return postFromElsewhere(message);
        }
        return mayPost() && take(message, limits().postedBytes());
    }

    private boolean postFromElsewhere(WsMessage message) {
        WsOutbox.Posted outcome = outbox.post(message, limits().postedBytes());
        if (outcome == WsOutbox.Posted.TAKEN_FIRST) {
            connection.execute(() -> {
                outbox.collect();
                connection.requestWriteable();
            });
        }
        return outcome != WsOutbox.Posted.REFUSED;
    }

    private boolean mayPost() {
        return state == State.OPEN || state == State.OPENING;
    }

    private boolean take(WsMessage message, int maxBytes) {
        if (!outbox.reserve(message, maxBytes)) {
            return false;
        }
        outbox.add(message);
        connection.requestWriteable();
        return true;
    }

    /** As {@link #post} on the loop's thread, with a bound that holds only while the peer takes nothing. */
    boolean offer(WsMessage message, int maxBytes) {
        return mayPost() && take(message, connection.isChoked() ? maxBytes : Integer.MAX_VALUE);
    }

    /** As {@link #offer}; what waits beyond the bound gives way. Tells how many messages were left out. */
    int offerLatest(WsMessage message, int maxBytes) {
        if (!mayPost() || offer(message, maxBytes)) {
            return 0;
        }
        return outbox.conflate(message, maxBytes);
    }

    /** Ends a session that does not read: what waits for it is forgotten. */
    void giveUp(String reason) {
        outbox.clear();
        close(WsCloseCode.POLICY_VIOLATION, reason);
    }

    @Override
    public void ping(ByteBuffer payload) {
        loop().assertInLoop();
        if (state == State.OPEN) {
            output.control(WsWire.PING, payload, payload.position(), payload.remaining());
        }
    }

    // ---- closing

    @Override
    public void close(int code, String reason) {
        loop().assertInLoop();
        if (state != State.OPEN && state != State.OPENING) {
            return;
        }
        WsCloseCode.requireSendable(code);
        open(); // who is told of the end was told of the beginning
        if (state != State.OPEN) {
            return;
        }
        sendLastPosted();
        writeClose(code, reason);
        state = State.CLOSE_SENT;
        inbound.endMessages();
        connection.resumeRx(); // the peer's close frame must be seen
        connection.setTimeout(
                TimeoutReason.AWAITING_CLOSE_ACK, limits().closeTimeout().toNanos());
    }

    private void writeClose(int code, String reason) {
        output.close(code, reason);
        closeCode = code;
        closeReason = reason;
    }

    @Override
    public void abort() {
        connection.abort(CloseInfo.local(WsCloseCode.ABNORMAL, "aborted by the protocol"));
    }

    /** A server that echoes reads no more than it can send; one that refuses a message says why in its close frame. */
    @Override
    public boolean awaitsAnswer() {
        return isClient();
    }

    @Override
    public void onPeerFin() {
        connection.close(
                state == State.CLOSE_SENT
                        ? CloseInfo.local(closeCode, closeReason)
                        : new CloseInfo(WsCloseCode.ABNORMAL, "end of stream without close", Initiator.NETWORK, null));
    }

    @Override
    public void onViolation(ProtocolException violation) {
        if (state == State.OPEN || state == State.OPENING) {
            writeClose(violation.code(), violation.reason());
        }
        outbox.seal();
        state = State.CLOSED;
    }

    @Override
    public boolean onCallbackThrew(Throwable thrown) {
        if (isOpen()) {
            writeClose(WsCloseCode.INTERNAL_ERROR, "");
        }
        outbox.seal();
        state = State.CLOSED;
        return true;
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        if (reason == TimeoutReason.AWAITING_PING && liveness != null && state == State.OPEN) {
            liveness.check();
            return;
        }
        connection.close(new CloseInfo(WsCloseCode.ABNORMAL, reason.name(), Initiator.TIMEOUT, null));
    }

    @Override
    public void onDrain() {
        close(WsCloseCode.GOING_AWAY, "");
    }

    @Override
    public void onClosed(CloseInfo info) {
        boolean told = state != State.OPENING;
        state = State.CLOSED;
        outbox.seal();
        outbox.clear();
        inbound.end();
        output.end();
        if (outflow != null) {
            outflow.ended();
        }
        CloseInfo coded = info.code() == 0 ? withCode(info) : info;
        try {
            if (told) {
                protocol.onClosed(this, coded);
            }
        } finally {
            if (afterClosed != null) {
                afterClosed.accept(coded);
            }
        }
    }

    private CloseInfo withCode(CloseInfo info) {
        int code = info.initiator() == Initiator.CALLBACK ? closeCode : WsCloseCode.ABNORMAL;
        return new CloseInfo(code, info.reason(), info.initiator(), info.cause());
    }

    // ---- session

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public boolean isClient() {
        return parser.side() == WsSide.CLIENT;
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
        return connection.loop();
    }

    @Override
    public String tag() {
        return connection.tag();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return connection.transport().remoteAddress();
    }

    @Override
    public @Nullable TlsInfo tls() {
        return connection.transport().tls();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen() && (state == State.OPEN || state == State.OPENING);
    }

    @Override
    public void requestWriteable() {
        writeableAsked = true;
        connection.requestWriteable();
    }

    @Override
    public void pauseRx() {
        if (state == State.OPEN) {
            inbound.pause();
        }
    }

    @Override
    public void resumeRx() {
        inbound.resume();
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
    }
}
