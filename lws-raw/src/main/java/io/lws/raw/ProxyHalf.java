package io.lws.raw;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.net.Connection;
import io.lws.net.Connector;
import io.lws.net.PlainTransport;
import io.lws.net.TimeoutReason;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One of the two connections of a proxy; what it reads the other writes. While the other is choked nothing is read here,
 * so that a reader that stalls stalls the sender, and what waits is one piece.
 */
final class ProxyHalf implements RoleConnection {
    private final Connection connection;
    private @Nullable ProxyHalf other;
    private @Nullable Connector connecting;
    private boolean ended;
    private boolean closed;
    /** Nothing is accepted for a connection on its way when the context closes. */
    private final Runnable cancel = () -> fail(CloseInfo.local(0, "context closing"));

    private ProxyHalf(Connection connection) {
        this.connection = connection;
    }

    /** The half that was accepted: it waits, unread, for the onward one. */
    static ProxyHalf accept(Connection connection, RawProxy to) {
        ProxyHalf near = new ProxyHalf(connection);
        connection.pauseRx();
        connection.net().whileServing(near.cancel);
        near.connecting = Connector.connect(connection.loop(), to.onward(), to.connectTimeout(), near.new Onward());
        return near;
    }

    private final class Onward implements Connector.Outcome {
        @Override
        public void onConnected(SocketChannel channel) {
            connecting = null;
            connection.net().forget(cancel);
            try {
                Connection.open(connection.net(), new PlainTransport(channel), this::join);
            } catch (IOException | RuntimeException e) {
                fail(CloseInfo.network(e));
            }
        }

        private ProxyHalf join(Connection onward) {
            ProxyHalf far = new ProxyHalf(onward);
            far.other = ProxyHalf.this;
            other = far;
            connection.resumeRx();
            return far;
        }

        @Override
        public void onFailed(IOException why) {
            connecting = null;
            fail(CloseInfo.network(why));
        }
    }

    private void fail(CloseInfo info) {
        connection.abort(info);
    }

    @Override
    public String roleName() {
        return RawProxyRole.NAME;
    }

    @Override
    public void onReadable(ByteBuffer in) {
        ProxyHalf to = other;
        if (to == null || to.closed) {
            in.position(in.limit());
        } else if (to.connection.isChoked()) {
            connection.pauseRx();
            to.connection.requestWriteable();
        } else {
            to.connection.write(in);
        }
    }

    /** What waited has gone out: the other one may read on. */
    @Override
    public void onWriteable() {
        if (other != null && !other.closed) {
            other.connection.resumeRx();
        }
    }

    @Override
    public void onPeerFin() {
        ended = true;
        ProxyHalf to = other;
        if (to == null || to.closed) {
            connection.close(CloseInfo.peer(0, "peer ended"));
        } else if (to.ended) {
            to.connection.close(CloseInfo.peer(0, "both peers ended"));
            connection.close(CloseInfo.peer(0, "both peers ended"));
        } else {
            to.connection.endOutput();
        }
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
        closed = true;
        connection.net().forget(cancel);
        if (connecting != null) {
            connecting.cancel();
            connecting = null;
        }
        ProxyHalf to = other;
        if (to != null && !to.closed) {
            if (info.initiator() == CloseInfo.Initiator.NETWORK) {
                to.connection.transport().resetUnlessEnded(); // nobody shall take it for a clean end
                to.connection.abort(info);
            } else {
                to.connection.close(info);
            }
        }
    }
}
