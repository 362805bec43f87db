package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.loop.EventLoop;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsInfo;
import io.lws.tls.TlsUpgrade;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Role state, session and writer of one raw connection in one object: a raw session costs nothing beyond it. */
final class RawConnection<S extends @Nullable Object> implements RoleConnection, RawSession<S>, RawTx, TlsUpgrade.Next {
    private final Connection connection;
    private final Vhost vhost;
    private final RawProtocol<S> protocol;
    private final S pss;
    private final Side side;

    /** {@code onConnected} waits for the first turn in which the connection can be written to. */
    private boolean connected;
    /** The protocol has asked for an {@code onWriteable} that it has not had. */
    private boolean writeableWanted;
    /** What {@code onSecured} will say before anything else is told. */
    private @Nullable TlsInfo agreed;

    /** Who has come to whom. */
    enum Side {
        SERVER,
        CLIENT
    }

    private RawConnection(Connection connection, Vhost vhost, RawProtocol<S> protocol, Side side) {
        this.connection = connection;
        this.vhost = vhost;
        this.protocol = protocol;
        this.side = side;
        this.pss = protocol.newPss();
    }

    static <S extends @Nullable Object> RawConnection<S> open(
            Connection connection, Vhost vhost, RawProtocol<S> protocol, Side side) {
        RawConnection<S> raw = new RawConnection<>(connection, vhost, protocol, side);
        connection.requestWriteable();
        return raw;
    }

    /** Tells what has begun and was not told yet. */
    private void catchUp() {
        if (!connected) {
            connected = true;
            protocol.onConnected(this);
        }
        TlsInfo secured = agreed;
        if (secured != null) {
            agreed = null;
            protocol.onSecured(this, secured);
        }
    }

    // ---- role

    @Override
    public String roleName() {
        return RawRole.NAME;
    }

    @Override
    public String protocolName() {
        return vhost.protocolName(protocol, roleName());
    }

    @Override
    public void onReadable(ByteBuffer in) {
        catchUp();
        while (in.hasRemaining() && connection.isReading() && connection.role() == this) {
            int before = in.remaining();
            protocol.onReceive(this, in);
            if (in.remaining() == before) {
                return;
            }
        }
    }

    @Override
    public void onWriteable() {
        catchUp();
        if (writeableWanted && connection.role() == this) {
            writeableWanted = false;
            protocol.onWriteable(this, this);
        }
    }

    @Override
    public boolean awaitsAnswer() {
        return side == Side.CLIENT;
    }

    @Override
    public void onPeerFin() {
        catchUp();
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

    // ---- STARTTLS

    @Override
    public void startTls(ByteBuffer answer) {
        Connection plain = inPlainText();
        TlsUpgrade.server(plain, vhost, this);
        plain.write(answer);
    }

    @Override
    public void startTls(TlsClientConfig config, String host, int port) {
        TlsUpgrade.client(inPlainText(), config, host, port, this);
    }

    private Connection inPlainText() {
        if (connection.role() != this || tls() != null) {
            throw new IllegalStateException("the session has TLS, or has ended");
        }
        connection.resumeRx();
        return connection;
    }

    /** Inside the transport, before this is the role again: the protocol hears of it in the event that follows. */
    @Override
    public RoleConnection onSecured(Connection secured, TlsInfo info) {
        agreed = info;
        secured.requestWriteable();
        return this;
    }

    /** Before the role is back in place: the end is told by whoever stands in for it. */
    @Override
    public void onFailed(CloseInfo info) {
        onClosed(info);
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
        writeableWanted = true;
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
    public void endOutput() {
        connection.endOutput();
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
            connection.setTimeout(TimeoutReason.USER, TimeUnit.NANOSECONDS.convert(limit));
        }
    }

    // ---- tx

    @Override
    public void write(ByteBuffer bytes) {
        if (connection.role() != this) {
            throw new IllegalStateException("nothing can be written between startTls and onSecured");
        }
        connection.write(bytes);
    }

    @Override
    public boolean isReady() {
        return connection.isReadyForOutput();
    }
}
