package io.lws;

import io.lws.net.Connection;
import io.lws.net.VhostGroup;
import io.lws.spi.Role;
import io.lws.spi.RoleConnection;
import io.lws.testing.RecordingRole;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Echoes on every connection it is given, and counts them. When drained, a connection still waits for its first byte, so
 * that a caller who was accepted is also answered. Accepts on any loop.
 */
public final class EchoRole implements Role {
    private final AtomicInteger accepted = new AtomicInteger();
    final ConcurrentLinkedQueue<CloseInfo> closed = new ConcurrentLinkedQueue<>();
    final ConcurrentHashMap<Integer, AtomicInteger> acceptedByLoop = new ConcurrentHashMap<>();
    private volatile CountDownLatch awaited = new CountDownLatch(0);

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public boolean canAccept(Vhost vhost) {
        return true;
    }

    /** Connections so far. */
    public int accepted() {
        return accepted.get();
    }

    /** A latch that counts the next {@code count} ends of connections. */
    CountDownLatch ends(int count) {
        awaited = new CountDownLatch(count);
        return awaited;
    }

    @Override
    public RoleConnection accept(Connection connection, VhostGroup vhosts) {
        accepted.incrementAndGet();
        acceptedByLoop
                .computeIfAbsent(connection.loop().index(), index -> new AtomicInteger())
                .incrementAndGet();
        return new Echo(connection).role;
    }

    /** One connection. */
    private final class Echo {
        private final Connection connection;
        private final RecordingRole role = new RecordingRole("echo");
        private boolean answered;
        private boolean draining;

        Echo(Connection connection) {
            this.connection = connection;
            role.attach(connection);
            role.onRead(this::read).atDrain(this::drain).atClosed(info -> {
                closed.add(info);
                awaited.countDown();
            });
        }

        private void read(ByteBuffer in) {
            connection.write(in);
            answered = true;
            closeWhenDone();
        }

        private void drain() {
            draining = true;
            closeWhenDone();
        }

        private void closeWhenDone() {
            if (draining && answered) {
                connection.close(CloseInfo.local(0, "drained"));
            }
        }
    }
}
