package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsInfo;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Role state, session and writer of one raw connection in one object: a raw session costs nothing beyond it. */
final class RawConnection<S extends @Nullable Object> implements RoleConnection, RawSession<S>, RawTx {
    private final Connection connection;
    private final Vhost vhost;
    private final RawProtocol<S> protocol;
    private final S pss;

    /** {@code onConnected} waits for the first turn in which the connection can be written to. */
    private boolean connected;

    private RawConnection(Connection connection, Vhost vhost, RawProtocol<S> protocol) {
        this.connection = connection;
        this.vhost = vhost;
        this.protocol = protocol;
        this.pss = protocol.newPss();
    }

    static <S extends @Nullable Object> RawConnection<S> open(
            Connection connection, Vhost vhost, RawProtocol<S> protocol) {
        RawConnection<S> raw = new RawConnection<>(connection, vhost, protocol);
        connection.requestWriteable();
        return raw;
    }

    private void connect() {
        if (!connected) {
            connected = true;
            protocol.onConnected(this);
        }
    }

    // ---- role

    @Override
    public String roleName() {
        return RawRole.NAME;
    }

    @Override
    public void onReadable(ByteBuffer in) {
        connect();
        while (in.hasRemaining() && connection.isReading()) {
            int before = in.remaining();
            protocol.onReceive(this, in);
            if (in.remaining() == before) {
                return;
            }
        }
    }

    @Override
    public void onWriteable() {
        if (connected) {
            protocol.onWriteable(this, this);
        } else {
            connect();
        }
    }

    @Override
    public void onPeerFin() {
        connect();
        protocol.onPeerFin(this);
    }

    @Override
    public void onViolation(ProtocolException violation) {}

    @Override
    public void onTimeout(TimeoutReason reason) {
        connection.abort(CloseInfo.timeout(reason.name()));
    }

    @Override
    public void onDrain() {
        connection.close(CloseInfo.local(0, "context closing"));
    }

    @Override
    public void onClosed(CloseInfo info) {
        if (connected) {
            protocol.onClosed(this, info);
        }
    }

    // ---- session

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
        return connection.isOpen();
    }

    @Override
    public void requestWriteable() {
        connection.requestWriteable();
    }

    @Override
    public void pauseRx() {
        connection.pauseRx();
    }

    @Override
    public void resumeRx() {
        connection.resumeRx();
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
    }

    @Override
    public void close() {
        connection.close(CloseInfo.local(0, "closed by the protocol"));
    }

    @Override
    public void abort() {
        connection.abort(CloseInfo.local(0, "aborted by the protocol"));
    }

    @Override
    public void setTimeout(Duration limit) {
        if (limit.isZero()) {
            connection.clearTimeout();
        } else {
            connection.setTimeout(TimeoutReason.USER, limit.toNanos());
        }
    }

    // ---- tx

    @Override
    public void write(ByteBuffer bytes) {
        connection.write(bytes);
    }

    @Override
    public boolean isReady() {
        return connection.isReadyForOutput();
    }
}
