package io.lws.net;

import io.lws.CloseInfo;
import io.lws.Limits;
import io.lws.loop.EventLoop;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one loop share: the buffer all read into, the buffer a turn's output is gathered in, and the
 * list of connections. Belongs to the loop's thread except {@link #load}.
 */
public final class LoopNet {
    /** One read takes at most this much; also the most a role may leave unread. */
    public static final int READ_BYTES = 64 << 10;

    private static final int MAX_LOOPS = 64;
    private static final int GATHER_BYTES = 128 << 10;

    private final EventLoop loop;
    private final Limits limits;
    private final Runnable onRoom;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final ByteBuffer gather = ByteBuffer.allocateDirect(GATHER_BYTES);
    private final AtomicInteger load = new AtomicInteger();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Map<Class<?>, Object> perLoop = new HashMap<>();
    private @Nullable Connection gatherOwner;
    private @Nullable Connection first;
    private @Nullable Runnable whenEmpty;
    private long bytesOut;
    private long budgetEndBytes;
    private int budgetCallbacks;
    private int connectionsMade;
    private Life life = Life.SERVING;
    private final Set<Runnable> waiting = new LinkedHashSet<>();

    /** How far the end of the loop has come; what is opened meanwhile shares the fate of what is there. */
    private enum Life {
        SERVING,
        RETIRED,
        DRAINING,
        CUT
    }

    /** {@code onRoom} is told, on this loop, that a connection has gone. */
    public LoopNet(EventLoop loop, Limits limits, Runnable onRoom) {
        this.loop = loop;
        this.limits = limits;
        this.onRoom = onRoom;
        loop.atEnd(() -> cut(CloseInfo.local(0, "the loop has ended")));
    }

    public EventLoop loop() {
        return loop;
    }

    public Limits limits() {
        return limits;
    }

    /** Connections on this loop, those on their way to it included. Any thread. */
    public int load() {
        return load.get();
    }

    /** A connection is on its way here: it counts from now, so that a burst of accepts spreads. Any thread. */
    void expectOne() {
        load.incrementAndGet();
    }

    /** What was expected did not come. On the loop's thread. */
    void forgetOne() {
        oneLess();
    }

    /** What was expected cannot come, for the loop has ended. Any thread. */
    void loseOne() {
        load.decrementAndGet();
    }

    /** TLS handshakes under way on this loop. Any thread. */
    public int handshakes() {
        return handshakes.get();
    }

    /** A TLS handshake begins; {@link #handshakeEnded} must follow. */
    public void handshakeBegan() {
        handshakes.incrementAndGet();
    }

    /** A TLS handshake has ended, well or badly: where accepting rested for want of room for one, it goes on. */
    public void handshakeEnded() {
        handshakes.decrementAndGet();
        onRoom.run();
    }

    private void oneLess() {
        Runnable then = whenEmpty;
        if (load.decrementAndGet() == 0 && then != null) {
            whenEmpty = null;
            then.run();
        }
        onRoom.run();
    }

    /** Runs {@code action} on the loop's thread once, when the last connection has gone; there must be one. */
    public void whenEmpty(Runnable action) {
        whenEmpty = action;
    }

    /** A role's things of which one per loop is enough, such as pools; made at the first call. */
    public <T> T perLoop(Class<T> type, Supplier<T> make) {
        loop.assertInLoop();
        return type.cast(perLoop.computeIfAbsent(type, key -> make.get()));
    }

    /** Calls {@code action} for each connection; it may close them. */
    public void forEach(Consumer<Connection> action) {
        Connection next = first;
        while (next != null) {
            Connection each = next;
            next = each.next;
            action.accept(each);
        }
    }

    /** Connections that have come to this loop since it began. */
    public int connectionsMade() {
        return connectionsMade;
    }

    /** Numbers connections, across the loops of a context without a shared counter. */
    int nextNumber() {
        return ++connectionsMade * MAX_LOOPS + loop.index();
    }

    /** Every connection goes on until it ends by itself, but is told that others serve new ones. */
    public void retire() {
        if (life == Life.SERVING) {
            life = Life.RETIRED;
            tellWaiting();
            forEach(each -> each.tell(RoleConnection::onRetire));
        }
    }

    /** A role has come to an open connection: it hears what the one before was told. */
    void tell(RoleConnection newcomer) {
        if (life == Life.RETIRED) {
            newcomer.onRetire();
        } else if (life == Life.DRAINING) {
            newcomer.onDrain();
        }
    }

    /** Lets every connection finish what it has begun, and every one still to come do the same. */
    public void drain() {
        if (life == Life.SERVING || life == Life.RETIRED) {
            life = Life.DRAINING;
            tellWaiting();
            forEach(each -> each.tell(RoleConnection::onDrain));
        }
    }

    /** Ends every connection at once, also those still to come. */
    public void cut(CloseInfo info) {
        life = Life.CUT;
        tellWaiting();
        forEach(connection -> connection.abort(info));
    }

    /**
     * {@code cancel} runs, once, when the loop begins to end, and at once when it has begun: for what waits to open a
     * connection of its own. Loop's thread.
     */
    public void whileServing(Runnable cancel) {
        loop.assertInLoop();
        if (life == Life.SERVING) {
            waiting.add(cancel);
        } else {
            cancel.run();
        }
    }

    /** Undoes {@link #whileServing}. */
    public void forget(Runnable cancel) {
        waiting.remove(cancel);
    }

    private void tellWaiting() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    /**
     * Makes a connection of something that exists already: the one way in for what no listener of ours has accepted. It
     * counts and ends as any other. Loop's thread; for another see {@code Context.adopt}.
     *
     * @throws IllegalStateException for a second use of {@code adopted}
     * @throws IllegalArgumentException for what turns out to be nothing that can be waited for
     * @throws UnsupportedOperationException for a descriptor where the poller knows none
     */
    public Connection adopt(Adoption adopted, Connection.RoleFactory roles) throws IOException {
        loop.assertInLoop();
        return Connection.open(this, adopted.open(loop), roles);
    }

    /** As a buffer is at first: whoever had it before may have read it in another byte order. */
    ByteBuffer readBuffer() {
        return readBuffer.clear().order(ByteOrder.BIG_ENDIAN);
    }

    /** A connection's event begins: what it may write before others get their turn counts from here. */
    void beginBudget() {
        loop.latency().begin();
        budgetCallbacks = limits.turnWriteables();
        budgetEndBytes = bytesOut() + limits.turnBytes();
    }

    /** Whether the event may have one more writeable callback. */
    boolean takeFromBudget() {
        return budgetCallbacks-- > 0 && hasBudget();
    }

    boolean hasBudget() {
        return bytesOut() < budgetEndBytes;
    }

    /** Output that did not pass through the gather buffer; a negative count is none. */
    void countOut(long lengthBytes) {
        bytesOut += Math.max(0, lengthBytes);
    }

    /** Bytes written since the loop began. */
    public long bytesOut() {
        return bytesOut + gather.position();
    }

    /** The gather buffer with {@code minBytes} free, holding output of {@code owner} alone. */
    ByteBuffer gather(Connection owner, int minBytes) {
        if (gatherOwner != owner || gather.remaining() < minBytes) {
            flush();
            gather.clear();
            gatherOwner = owner;
        }
        if (gather.remaining() < minBytes) {
            throw new IllegalArgumentException(minBytes + " bytes in one piece, at most " + gather.capacity());
        }
        return gather;
    }

    /** The gather buffer for output that nobody will get. */
    ByteBuffer scratch(int minBytes) {
        flush();
        gather.clear();
        if (gather.remaining() < minBytes) {
            throw new IllegalArgumentException(minBytes + " bytes in one piece, at most " + gather.capacity());
        }
        return gather;
    }

    /** Hands what has been gathered to its connection's transport: the one write of a connection and turn. */
    void flush() {
        Connection owner = gatherOwner;
        gatherOwner = null;
        if (owner == null || gather.position() == 0) {
            return;
        }
        gather.flip();
        bytesOut += gather.limit();
        owner.send(gather);
        gather.clear();
    }

    void flush(Connection owner) {
        if (gatherOwner == owner) {
            flush();
        }
    }

    /** A connection's event is over: its output leaves, and the time it took is counted. */
    void endEvent(Connection connection) {
        flush(connection);
        countTime(connection);
    }

    /** Calls back outside of an event, and sees to what is thrown; what time it takes is counted. */
    void guard(Connection connection, Runnable callback) {
        Faults.guard(connection, callback);
        countTime(connection);
    }

    private void countTime(Connection connection) {
        if (loop.latency().isMeasuring()) {
            loop.latency().end(connection.role().protocolName(), connection.tag());
        }
    }

    /** Forgets what was gathered for a connection that is gone. */
    void discard(Connection owner) {
        if (gatherOwner == owner) {
            gatherOwner = null;
            gather.clear();
        }
    }

    void add(Connection connection) {
        connection.next = first;
        if (first != null) {
            first.previous = connection;
        }
        first = connection;
        if (life == Life.RETIRED) {
            connection.tell(RoleConnection::onRetire);
        } else if (life == Life.DRAINING) {
            connection.tell(RoleConnection::onDrain);
        } else if (life == Life.CUT) {
            connection.abort(CloseInfo.local(0, "context closed"));
        }
    }

    void remove(Connection connection) {
        if (connection.previous == null) {
            first = connection.next;
        } else {
            connection.previous.next = connection.next;
        }
        if (connection.next != null) {
            connection.next.previous = connection.previous;
        }
        connection.previous = null;
        connection.next = null;
        oneLess();
    }
}
