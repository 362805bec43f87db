package io.lws.mqtt;

import io.lws.CloseInfo;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.net.Connection;
import io.lws.net.Transport;
import io.lws.tls.TlsInfo;
import io.lws.ws.WsCloseCode;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsOpening;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import io.lws.ws.WsTx;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream of bytes over the binary messages of a WebSocket (6.0): where a message begins or ends means nothing. Stands
 * between two connections of one loop, so it never calls the upper one from within the lower one's turn.
 */
final class WsStream implements Transport, WsProtocol<@Nullable Void>, Serviceable {
    private static final int MAX_WAITING_BYTES = 64 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum State {
        OPEN,
        /** Our close frame is out. */
        OUTPUT_ENDED,
        /** The WebSocket has ended. */
        ENDED
    }

    private final Connection below;
    private final Connection.RoleFactory roles;
    private final Consumer<CloseInfo> onFailed;
    private State state = State.OPEN;
    private @Nullable WsSession<@Nullable Void> ws;
    private @Nullable Events above;
    private @Nullable IOException broken;
    private ByteBuffer inbound = NOTHING;
    private int interest = Interest.NONE;
    private int waitingBytes;
    private boolean queued;

    private WsStream(Connection below, Connection.RoleFactory roles, Consumer<CloseInfo> onFailed) {
        this.below = below;
        this.roles = roles;
        this.onFailed = onFailed;
    }

    /** What {@code below} begins with; a connection with a role of {@code roles} stands on it once the server agrees. */
    static Connection.RoleFactory asking(
            Connection below,
            String uri,
            Vhost vhost,
            Duration timeout,
            Connection.RoleFactory roles,
            Consumer<CloseInfo> onFailed) {
        WsStream stream = new WsStream(below, roles, onFailed);
        return WsOpening.asking(uri, "mqtt", vhost, stream, timeout, onFailed);
    }

    // ---- from the WebSocket

    @Override
    public void onEstablished(WsSession<@Nullable Void> session) {
        ws = session;
        if (!session.subprotocol().equals("mqtt")) {
            state = State.ENDED;
            session.close(WsCloseCode.PROTOCOL_ERROR, "subprotocol mqtt was asked for");
            onFailed.accept(CloseInfo.peer(0, "the server does not speak mqtt over its WebSocket"));
            return;
        }
        below.loop().serveThisTurn(this::openAbove);
    }

    private void openAbove() {
        try {
            Connection.open(below.net(), this, roles);
        } catch (IOException e) {
            onFailed.accept(CloseInfo.network(e));
        }
    }

    @Override
    public void onReceive(WsSession<@Nullable Void> session, WsFragment rx) {
        if (rx.isText()) {
            broken = new IOException("a text message from the broker");
            session.close(WsCloseCode.UNSUPPORTED_DATA, "binary messages only");
            announce();
            return;
        }
        keep(rx.payload());
        if (inbound.remaining() >= MAX_WAITING_BYTES) {
            session.pauseRx();
        }
        announce();
    }

    private void keep(ByteBuffer piece) {
        int before = inbound.limit();
        int after = before + piece.remaining();
        if (after > inbound.capacity()) {
            int kept = inbound.remaining();
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * kept, kept + piece.remaining()));
            inbound = larger.put(inbound).flip();
            before = kept;
            after = kept + piece.remaining();
        }
        inbound.limit(after).put(before, piece, piece.position(), piece.remaining());
    }

    @Override
    public void onWriteable(WsSession<@Nullable Void> session, WsTx tx) {
        waitingBytes = 0;
        announce();
    }

    @Override
    public void onClosed(WsSession<@Nullable Void> session, CloseInfo info) {
        boolean orderly = info.initiator() == CloseInfo.Initiator.PEER || state == State.OUTPUT_ENDED;
        if (!orderly && broken == null) {
            broken = new IOException("WebSocket: " + info.reason());
        }
        state = State.ENDED;
        announce();
    }

    // ---- for the connection above

    @Override
    public void open(EventLoop loop, Events events) {
        above = events;
        interest(Interest.READ);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        int n = Math.min(dst.remaining(), inbound.remaining());
        dst.put(inbound.slice(inbound.position(), n));
        inbound.position(inbound.position() + n);
        if (inbound.hasRemaining()) {
            announce();
            return n;
        }
        inbound = NOTHING;
        if (n == 0 && broken != null) {
            throw broken;
        }
        if (n == 0 && state == State.ENDED) {
            return -1;
        }
        resumeBelow();
        return n;
    }

    private void resumeBelow() {
        WsSession<?> session = ws;
        if (session != null && state == State.OPEN) {
            session.resumeRx();
        } else if (state == State.ENDED) {
            announce();
        }
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        if (broken != null || state != State.OPEN) {
            throw broken != null ? broken : new IOException("WebSocket has ended");
        }
        WsSession<?> session = ws;
        int n = Math.min(src.remaining(), MAX_WAITING_BYTES - waitingBytes);
        if (session == null || n == 0) {
            return 0;
        }
        ByteBuffer piece = src.slice(src.position(), n);
        if (!session.post(WsMessage.binary(piece))) {
            throw new IOException("WebSocket takes no more");
        }
        src.position(src.position() + n);
        waitingBytes += n;
        session.requestWriteable();
        return n;
    }

    @Override
    public void interest(int value) {
        interest = value;
        announce();
    }

    private int ready() {
        boolean readable = inbound.hasRemaining() || state == State.ENDED || broken != null;
        boolean writeable = waitingBytes < MAX_WAITING_BYTES;
        return interest & ((readable ? Interest.READ : 0) | (writeable ? Interest.WRITE : 0));
    }

    private void announce() {
        if (!queued && above != null && ready() != 0) {
            queued = true;
            below.loop().serveNextTurn(this);
        }
    }

    /** From the loop's queue. */
    @Override
    public void service() {
        queued = false;
        tell(Interest.WRITE);
        tell(Interest.READ);
    }

    private void tell(int what) {
        Events events = above;
        if (events == null || (ready() & what) == 0) {
            return;
        }
        if (what == Interest.WRITE) {
            events.onWriteable();
        } else {
            events.onReadable();
        }
    }

    @Override
    public void shutdownOutput() {
        WsSession<?> session = ws;
        if (session != null && state == State.OPEN) {
            state = State.OUTPUT_ENDED;
            session.close();
        }
    }

    @Override
    public void close() {
        above = null;
        interest = Interest.NONE;
        WsSession<?> session = ws;
        if (session != null && state != State.ENDED) {
            state = State.ENDED;
            session.abort();
        }
    }

    @Override
    public @Nullable TlsInfo tls() {
        return below.transport().tls();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return below.transport().remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return below.transport().localAddress();
    }
}
