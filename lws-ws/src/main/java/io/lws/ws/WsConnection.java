package io.lws.ws;

import io.lws.CloseInfo;
import io.lws.CloseInfo.Initiator;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.policy.ValidityPolicy;
import io.lws.policy.ValidityWatch;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import io.lws.ws.deflate.MessageInflater;
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
    private final WsLimits limits;
    private final WsFrameParser parser;
    private final WsOutput output;
    private final WsOutbox outbox = new WsOutbox();
    private State state = State.OPENING;
    /** The protocol has asked for writeable, as opposed to the outbox or the opening. */
    private boolean writeableAsked;
    /** A message of the protocol's is on the wire in part: nothing but its next frame may follow. */
    private boolean messageOpen;

    private @Nullable ValidityWatch validity;
    /** The user has paused rx, as opposed to a message that is inflated in several turns. */
    private boolean rxPaused;

    private int closeCode = WsCloseCode.ABNORMAL;
    private String closeReason = "";
    private @Nullable WsAssembly assembly;
    private final @Nullable WsInflation inflation;

    private WsConnection(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            WsSide side,
            @Nullable DeflateNegotiation agreed,
            @Nullable Consumer<CloseInfo> afterClosed) {
        this.connection = connection;
        this.shared = WsLoop.of(connection.net());
        this.vhost = vhost;
        this.protocol = protocol;
        this.pss = pss;
        this.subprotocol = subprotocol;
        this.limits = vhost.option(WsLimits.class, WsLimits.defaults());
        this.parser = new WsFrameParser(side, limits, agreed == null ? 0 : WsWire.RSV1);
        this.afterClosed = afterClosed;
        WsDeflate settings = vhost.option(WsDeflate.class, WsDeflate.defaults());
        this.output = new WsOutput(connection, shared, side, settings, agreed);
        this.inflation = agreed == null
                ? null
                : new WsInflation(new MessageInflater(agreed.incoming(), shared.inflaters), limits.maxMessageBytes());
    }

    /** The server's end of an upgrade that has been accepted. */
    static <S extends @Nullable Object> WsConnection<S> server(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            @Nullable DeflateNegotiation agreed) {
        WsConnection<S> ws =
                new WsConnection<>(connection, vhost, protocol, pss, subprotocol, WsSide.SERVER, agreed, null);
        connection.requestWriteable();
        return ws;
    }

    /** The client's end; {@code afterClosed} hears of the end behind the protocol. */
    static <S extends @Nullable Object> WsConnection<S> client(
            Connection connection,
            Vhost vhost,
            WsProtocol<S> protocol,
            S pss,
            String subprotocol,
            @Nullable DeflateNegotiation agreed,
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

    private void open() {
        if (state == State.OPENING) {
            state = State.OPEN;
            watchValidity();
            protocol.onEstablished(this);
        }
    }

    private void watchValidity() {
        ValidityPolicy policy = vhost.option(ValidityPolicy.class, ValidityPolicy.DEFAULT);
        if (policy != ValidityPolicy.OFF) {
            ValidityWatch watch = new ValidityWatch(policy, loop().nowNs());
            validity = watch;
            connection.setTimeout(TimeoutReason.AWAITING_PING, watch.delayNs(loop().nowNs()));
        }
    }

    private void checkValidity(ValidityWatch watch) {
        long nowNs = loop().nowNs();
        if (!connection.isReading()) {
            watch.onSignOfLife(nowNs); // it is us who do not listen
        }
        switch (watch.step(nowNs)) {
            case HANG_UP ->
                connection.abort(new CloseInfo(WsCloseCode.ABNORMAL, "no sign of life", Initiator.TIMEOUT, null));
            case PING -> ping(ByteBuffer.allocate(0));
            case WAIT -> {
                // something came meanwhile
            }
        }
        connection.setTimeout(TimeoutReason.AWAITING_PING, watch.delayNs(nowNs));
    }

    // ---- input

    @Override
    public void onReadable(ByteBuffer in) {
        open();
        if (validity != null) {
            validity.onSignOfLife(loop().nowNs());
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
        if (state != State.OPEN) {
            return;
        }
        int from = parser.payloadIndex();
        int to = from + parser.payloadBytes();
        WsInflation compressed = inflation;
        if (compressed == null || (parser.piece() & WsWire.RSV1) == 0) {
            deliver(in, from, to, parser.piece());
            return;
        }
        compressed.take(in, from, to, parser.piece());
        inflate(compressed);
        if (compressed.isBusy()) {
            compressed.keepInput();
        }
    }

    private void deliver(ByteBuffer in, int from, int to, int piece) {
        WsFragment rx = shared.pieces.lend(in, from, to, piece);
        try {
            protocol.onReceive(this, rx);
        } finally {
            rx.revoke();
        }
    }

    /** Hands on what is inflated until a turn's share of it is used or nobody wants more; then rx waits for the rest. */
    private void inflate(WsInflation compressed) {
        ByteBuffer out = shared.inflated();
        int leftBytes = connection.net().limits().turnBytes();
        while (compressed.isBusy() && state == State.OPEN && connection.isReading() && leftBytes > 0) {
            if (compressed.next(out)) {
                deliver(out, 0, out.position(), compressed.piece());
            }
            leftBytes -= compressed.workBytes();
        }
        if (state != State.OPEN) {
            compressed.end();
        } else if (compressed.isBusy()) {
            if (leftBytes <= 0) {
                loop().serveNextTurn(this::goOnInflating);
            } else if (!rxPaused) {
                connection.requestWriteable(); // once the peer has taken what waits for it
            }
            connection.pauseRx();
        }
    }

    private void goOnInflating() {
        if (connection.isOpen() && state == State.OPEN && !rxPaused) {
            connection.requestWriteable();
        }
    }

    private void inflateRest() {
        WsInflation compressed = inflation;
        if (compressed != null && compressed.isBusy() && !rxPaused) {
            connection.resumeRx();
            inflate(compressed);
        }
    }

    @Override
    public void assemble(WsFragment rx) {
        WsAssembly building = assembly;
        if (building == null) {
            if (rx.isWhole() && rx.lengthBytes() <= limits.wholeMessageBytes()) {
                protocol.onMessage(this, rx);
                return;
            }
            building = new WsAssembly(shared.pool, limits.wholeMessageBytes());
            assembly = building;
        }
        ByteBuffer bytes = rx.payload();
        WsFragment whole = building.add(shared.wholes, bytes, bytes.position(), bytes.limit(), rx.piece());
        if (whole != null) {
            assembly = null;
            try {
                protocol.onMessage(this, whole);
            } finally {
                building.done(whole);
            }
        }
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
        inflateRest();
    }

    private void sendPosted() {
        WsMessage next;
        while (isReady() && (next = outbox.poll()) != null) {
            output.message(next);
        }
        if (!outbox.isEmpty()) {
            connection.requestWriteable();
        }
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
        if (state == State.CLOSE_SENT || state == State.CLOSED || !outbox.reserve(message, limits.postedBytes())) {
            return false;
        }
        if (loop().inLoop()) {
            outbox.add(message);
            connection.requestWriteable();
        } else {
            connection.execute(() -> {
                outbox.add(message);
                connection.requestWriteable();
            });
        }
        return true;
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
        if (!messageOpen) {
            outbox.drain(output::message);
        }
        writeClose(code, reason);
        state = State.CLOSE_SENT;
        if (inflation != null) {
            inflation.end();
        }
        connection.resumeRx(); // the peer's close frame must be seen
        connection.setTimeout(
                TimeoutReason.AWAITING_CLOSE_ACK, limits.closeTimeout().toNanos());
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
        state = State.CLOSED;
    }

    @Override
    public boolean onCallbackThrew(Throwable thrown) {
        if (isOpen()) {
            writeClose(WsCloseCode.INTERNAL_ERROR, "");
        }
        state = State.CLOSED;
        return true;
    }

    @Override
    public void onTimeout(TimeoutReason reason) {
        if (reason == TimeoutReason.AWAITING_PING && validity != null && state == State.OPEN) {
            checkValidity(validity);
            return;
        }
        connection.close(new CloseInfo(WsCloseCode.ABNORMAL, reason.name(), Initiator.TIMEOUT, null));
    }

    @Override
    public void onDrain() {
        open(); // who is told of the end was told of the beginning
        close(WsCloseCode.GOING_AWAY, "");
    }

    @Override
    public void onClosed(CloseInfo info) {
        boolean told = state != State.OPENING;
        state = State.CLOSED;
        WsAssembly building = assembly;
        if (building != null) {
            assembly = null;
            building.drop();
        }
        endCompression();
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

    private void endCompression() {
        if (inflation != null) {
            inflation.end();
        }
        output.end();
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
            rxPaused = true;
            connection.pauseRx();
        }
    }

    @Override
    public void resumeRx() {
        rxPaused = false;
        if (inflation != null && inflation.isBusy()) {
            connection.requestWriteable();
        } else {
            connection.resumeRx();
        }
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
    }
}
