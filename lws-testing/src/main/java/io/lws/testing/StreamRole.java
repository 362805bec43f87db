package io.lws.testing;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.Vhost;
import io.lws.net.Connection;
import io.lws.net.TimeoutReason;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Echoes what it reads, and writes what a test puts into {@link #source}; tells the test what opens and ends. */
final class StreamRole implements Role {
    final BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<CloseInfo> closed = new LinkedBlockingQueue<>();
    final AtomicLong received = new AtomicLong();
    volatile boolean echo = true;
    volatile boolean choked;
    volatile @Nullable ByteBuffer source;
    volatile Consumer<Connection> onPeerFin = connection -> connection.close(CloseInfo.peer(0, "fin"));

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return true;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        opened.add(connection);
        return new Stream(connection);
    }

    private final class Stream implements RoleConnection {
        private final Connection connection;

        Stream(Connection connection) {
            this.connection = connection;
        }

        @Override
        public String roleName() {
            return "stream";
        }

        @Override
        public void onReadable(ByteBuffer in) {
            received.addAndGet(in.remaining());
            if (echo) {
                connection.write(in);
            } else {
                in.position(in.limit());
            }
        }

        @Override
        public void onWriteable() {
            ByteBuffer from = source;
            while (from != null && from.hasRemaining() && connection.isReadyForOutput()) {
                ByteBuffer piece = from.slice().limit(Math.min(from.remaining(), 16 << 10));
                from.position(from.position() + piece.remaining());
                connection.write(piece);
            }
            choked |= connection.isChoked();
            if (from != null && from.hasRemaining()) {
                connection.requestWriteable();
            }
        }

        @Override
        public void onPeerFin() {
            onPeerFin.accept(connection);
        }

        @Override
        public void onViolation(ProtocolException violation) {}

        @Override
        public void onTimeout(TimeoutReason reason) {
            connection.abort(CloseInfo.timeout(reason.name()));
        }

        @Override
        public void onDrain() {
            connection.close(CloseInfo.local(0, "drain"));
        }

        @Override
        public void onClosed(CloseInfo info) {
            closed.add(info);
        }
    }
}
