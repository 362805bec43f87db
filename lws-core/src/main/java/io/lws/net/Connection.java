package io.lws.net;

import io.lws.CloseInfo;
import io.lws.ProtocolException;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.spi.RoleConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection for life: a {@link Transport} below, a {@link RoleConnection} above (lws: wsi). Moves bytes between
 * them, keeps what either side cannot take yet, and takes both down in order. An upgrade replaces the role.
 *
 * <p>For roles; users hold a {@code Session}. Belongs to its loop's thread.
 */
public final class Connection implements Transport.Events, Serviceable {
    /** Whether the role wants bytes. */
    private enum Rx {
        FLOWING,
        PAUSED,
        /** The peer has sent its FIN. */
        ENDED
    }

    private final LoopNet net;
    private Transport transport;
    private final Output output;
    private RoleConnection role;
    private ConnectionPhase phase = ConnectionPhase.OPEN;
    private Rx rx = Rx.FLOWING;
    /** In one of the loop's queues, or in the middle of its own event: it will be served without asking again. */
    private boolean queued;

    private boolean writeableRequested;
    private @Nullable Unread unread;
    private @Nullable Deadlines deadlines;
    private @Nullable Linger linger;
    private @Nullable CloseInfo closeInfo;
    private final int number;

    /** Neighbours in the loop's list. */
    @Nullable
    Connection next;

    @Nullable
    Connection previous;

    private Connection(LoopNet net, Transport transport, RoleConnection role) {
        this.net = net;
        this.transport = transport;
        this.output = new Output(this, transport);
        this.role = role;
        this.number = net.nextNumber();
    }

    /** Makes the role of a connection that is being opened; the connection may be used, but not yet written to. */
    @FunctionalInterface
    public interface RoleFactory {
        RoleConnection make(Connection connection);
    }

    /**
     * Joins a transport and a role on {@code net}'s loop and starts reading. The transport is closed when this throws.
     */
    public static Connection open(LoopNet net, Transport transport, RoleFactory roles) throws IOException {
        net.loop().assertInLoop();
        net.expectOne();
        return openExpected(net, transport, roles);
    }

    /** As {@link #open}, for a connection that {@link LoopNet#expectOne} has counted already. */
    static Connection openExpected(LoopNet net, Transport transport, RoleFactory roles) throws IOException {
        Connection connection = new Connection(net, transport, NoRole.INSTANCE);
        try {
            connection.role = roles.make(connection);
            transport.open(net.loop(), connection);
        } catch (Throwable e) {
            connection.failToOpen(e);
            throw e;
        }
        net.add(connection);
        net.loop().watchChanged();
        return connection;
    }

    /** It may already stand in a queue of the loop, where it must find that it is closed. */
    private void failToOpen(Throwable e) {
        phase = ConnectionPhase.CLOSED;
        closeInfo = null;
        release();
        tellClosed(CloseInfo.network(e));
        net.forgetOne();
    }

    // ---- for roles: state

    public EventLoop loop() {
        return net.loop();
    }

    public LoopNet net() {
        return net;
    }

    /** The lower half at the moment: {@link #replaceTransport} changes it. For its addresses and TLS, not to be written to. */
    public Transport transport() {
        return transport;
    }

    /** The upper half at the moment; one that does nothing before the first is made and after the end was told. */
    public RoleConnection role() {
        return role;
    }

    public boolean isOpen() {
        return phase == ConnectionPhase.OPEN;
    }

    public ConnectionPhase phase() {
        return phase;
    }

    /** False while the role must stop taking bytes: closed, paused, or with too much output waiting for the peer. */
    public boolean isReading() {
        return phase == ConnectionPhase.OPEN && rx != Rx.PAUSED && (!output.isBackedUp() || role.awaitsAnswer());
    }

    /** Names this connection in the log: role, vhost-less side and number, such as {@code ws|42}. Any thread. */
    public String tag() {
        return role.roleName() + "|" + number;
    }

    /** True while a writer may go on: not choked, and this connection's share of the turn is not used up. */
    public boolean isReadyForOutput() {
        return !isChoked() && phase == ConnectionPhase.OPEN && net.hasBudget();
    }

    /** Runs {@code task} on the loop unless the connection has ended by then. What it throws ends this connection. Any thread. */
    public void execute(Runnable task) {
        loop().execute(() -> {
            if (phase == ConnectionPhase.OPEN) {
                inEvent(task);
            }
        });
    }

    /** True while the peer takes no more; {@code onWriteable} comes when it does. */
    public boolean isChoked() {
        return output.isChoked();
    }

    /** Output that waits for a choked peer. */
    public long pendingBytes() {
        return output.pendingBytes();
    }

    // ---- for roles: input

    /** Hands the connection to another role; what is unread goes to that one (upgrade). */
    public void replaceRole(RoleConnection next) {
        replaceRole(connection -> next);
    }

    /** As the other, for a role that sets a timeout while it is made: that one counts. */
    public void replaceRole(RoleFactory next) {
        loop().assertInLoop();
        clearTimeout();
        role = next.make(this);
        net.tell(role);
        if (unread != null) {
            unread.offerAgain();
            enqueue();
        }
    }

    /**
     * Puts {@code next}, which stands on the transport there is, in its place (TLS on a connection that is open). Output
     * written so far leaves as it is; that must have been taken, see {@link #isChoked}. What the role has not read of
     * its input is not given to {@code next}.
     */
    public void replaceTransport(Transport next) throws IOException {
        loop().assertInLoop();
        net.flush(this);
        if (isChoked()) {
            throw new IllegalStateException("output waits for the peer: the transport cannot be replaced");
        }
        next.open(loop(), this);
        transport = next;
        output.moveTo(next);
        enqueue();
    }

    /** No {@code onReadable} until {@link #resumeRx}. Idempotent. */
    public void pauseRx() {
        loop().assertInLoop();
        if (rx == Rx.FLOWING) {
            rx = Rx.PAUSED;
        }
    }

    /** Undoes {@link #pauseRx}; what was left unread is offered first. Idempotent. */
    public void resumeRx() {
        loop().assertInLoop();
        if (rx == Rx.PAUSED) {
            rx = Rx.FLOWING;
            enqueue();
        }
    }

    // ---- for roles: output

    /** One {@code onWriteable} as soon as the peer takes output, in this turn if it does now. Idempotent. */
    public void requestWriteable() {
        loop().assertInLoop();
        if (!writeableRequested) {
            writeableRequested = true;
            enqueue();
        }
    }

    /**
     * The loop's gather buffer, with at least {@code minBytes} free, to append output to; valid until the next call on
     * any connection. Everything appended in a turn leaves in one write. What is appended after {@link #close} goes
     * nowhere.
     */
    public ByteBuffer out(int minBytes) {
        loop().assertInLoop();
        if (phase != ConnectionPhase.OPEN) {
            return net.scratch(minBytes);
        }
        enqueue();
        return net.gather(this, minBytes);
    }

    /** Appends all of {@code src}, in as many pieces as it takes. */
    public void write(ByteBuffer src) {
        output.append(src);
    }

    /** Appends bytes of an array. */
    public void write(byte[] src, int offset, int lengthBytes) {
        output.append(src, offset, lengthBytes);
    }

    /**
     * Sends from a file behind what has been written; see {@link Transport#transferFrom}. Fewer bytes than asked means
     * choked, ask to be called when writeable; or, where {@link #isChoked} says no, that the file has become shorter.
     */
    public long transferFrom(FileChannel file, long position, long count) {
        loop().assertInLoop();
        if (phase != ConnectionPhase.OPEN) {
            return 0;
        }
        enqueue();
        net.flush(this);
        return isChoked() || phase != ConnectionPhase.OPEN ? 0 : output.transferFrom(file, position, count);
    }

    /** Ends our output (FIN) behind what was written; the peer may go on. Nothing can be written after it. Idempotent. */
    public void endOutput() {
        net.flush(this);
        output.end();
    }

    // ---- for roles: time

    /** Calls {@code role.onTimeout} once, {@code delayNs} from now, unless set anew or cleared before. */
    public void setTimeout(TimeoutReason reason, long delayNs) {
        loop().assertInLoop();
        if (phase != ConnectionPhase.OPEN) {
            return;
        }
        deadlines().setRole(reason, delayNs);
    }

    /** Undoes {@link #setTimeout}. Idempotent. */
    public void clearTimeout() {
        if (deadlines != null) {
            deadlines.clearRole();
        }
    }

    Deadlines deadlines() {
        if (deadlines == null) {
            deadlines = new Deadlines(this);
        }
        return deadlines;
    }

    void onRoleTimeout(TimeoutReason reason) {
        if (phase == ConnectionPhase.OPEN) {
            inEvent(() -> role.onTimeout(reason));
        }
    }

    /** The peer took no output, or did not end its own, in time. */
    void onSendTimeout() {
        abort(CloseInfo.timeout("peer took no output"));
    }

    // ---- for roles: the end

    /** Ends the connection once what was written has gone out. The first call decides; later ones change nothing. */
    public void close(CloseInfo info) {
        loop().assertInLoop();
        if (phase == ConnectionPhase.OPEN) {
            end(ConnectionPhase.CLOSING, info);
        }
    }

    /** Ends the connection at once; waiting output is lost. */
    public void abort(CloseInfo info) {
        loop().assertInLoop();
        if (phase == ConnectionPhase.OPEN) {
            end(ConnectionPhase.CLOSED, info);
        } else if (closeInfo != null) {
            phase = ConnectionPhase.CLOSED;
        } else {
            destroy();
        }
    }

    /** Calls the role as an event of its own; not once the end is decided. What it throws ends this connection alone. */
    public void tell(Consumer<RoleConnection> news) {
        if (phase == ConnectionPhase.OPEN) {
            inEvent(() -> news.accept(role));
        }
    }

    private void end(ConnectionPhase to, CloseInfo info) {
        phase = to;
        closeInfo = info;
        loop().serveAtEndOfTurn(this::finish);
    }

    /** End of the turn in which the end was decided. */
    private void finish() {
        CloseInfo info = closeInfo;
        if (info == null) {
            return;
        }
        if (phase != ConnectionPhase.CLOSED) {
            net.flush(this);
        }
        boolean cut = phase == ConnectionPhase.CLOSED;
        closeInfo = null;
        unread = null;
        clearTimeout();
        tellClosed(info);
        if (cut) {
            release();
            net.remove(this);
        } else if (phase == ConnectionPhase.CLOSING && !isChoked()) {
            linger();
        } else {
            updateInterest(); // which changes nothing where the role has aborted it
        }
    }

    private void tellClosed(CloseInfo info) {
        Faults.tellClosed(role, info);
        role = NoRole.INSTANCE;
    }

    /** Output is gone: say so to the peer, and wait for it to say the same. */
    private void linger() {
        phase = ConnectionPhase.LINGERING;
        linger = new Linger();
        try {
            transport.shutdownOutput();
        } catch (IOException | RuntimeException e) {
            destroy();
            return;
        }
        if (rx == Rx.ENDED) {
            destroy();
            return;
        }
        deadlines().setSend(net.limits().lingerTimeout().toNanos());
        updateInterest();
    }

    private void destroy() {
        if (phase != ConnectionPhase.CLOSED) {
            phase = ConnectionPhase.CLOSED;
            release();
            net.remove(this);
        }
    }

    private void release() {
        net.discard(this);
        transport.close();
        output.drop();
        unread = null;
        if (deadlines != null) {
            deadlines.cancel();
        }
    }

    // ---- from the transport

    @Override
    public void onReadable() {
        if (phase == ConnectionPhase.LINGERING && linger != null) {
            if (linger.discard(transport, net.readBuffer())) {
                destroy();
            }
        } else if (isReading() && rx != Rx.ENDED) {
            beginEvent();
            readOnce();
            endOfEvent();
        } else {
            updateInterest();
        }
    }

    private void readOnce() {
        ByteBuffer in = net.readBuffer();
        takeUnread(in);
        int n;
        try {
            n = in.hasRemaining() ? transport.read(in) : 0;
        } catch (IOException | RuntimeException e) {
            abort(CloseInfo.network(e));
            return;
        }
        feed(in.flip());
        // a role that was stopped has not had all bytes yet: the end is read again once it goes on
        if (n < 0 && isReading()) {
            peerFin();
        }
    }

    private void feedUnread() {
        ByteBuffer in = net.readBuffer();
        takeUnread(in);
        feed(in.flip());
    }

    private void peerFin() {
        if (phase == ConnectionPhase.OPEN && rx == Rx.FLOWING) {
            rx = Rx.ENDED;
            Faults.guard(this, role::onPeerFin);
        }
    }

    @Override
    public void onWriteable() {
        if (phase == ConnectionPhase.CLOSED) {
            return;
        }
        beginEvent();
        if (isChoked()) {
            output.drain();
        }
        if (phase == ConnectionPhase.CLOSING && closeInfo == null && !isChoked()) {
            linger();
        }
        if (phase == ConnectionPhase.OPEN) {
            serve();
        }
        endOfEvent();
    }

    // ---- one event

    /** From the loop's queue: somebody asked for writeable, or reading was resumed. */
    @Override
    public void service() {
        beginEvent();
        if (phase == ConnectionPhase.OPEN) {
            serve();
        }
        endOfEvent();
    }

    private void serve() {
        serveWriteables();
        if (!isReading()) {
            return;
        }
        if (transport.hasBuffered()) {
            readOnce();
        } else if (isUnreadDue()) {
            feedUnread();
        }
    }

    private void beginEvent() {
        queued = true;
        net.beginBudget();
    }

    private void enqueue() {
        if (!queued) {
            queued = true;
            loop().serveThisTurn(this);
        }
    }

    private void endOfEvent() {
        net.endEvent(this);
        queued = false;
        if (phase == ConnectionPhase.CLOSED) {
            return;
        }
        if (phase == ConnectionPhase.OPEN && hasMoreToDo()) {
            queued = true;
            loop().serveNextTurn(this);
        }
        updateInterest();
    }

    private boolean hasMoreToDo() {
        return (writeableRequested && !isChoked()) || (isReading() && (isUnreadDue() || transport.hasBuffered()));
    }

    private void inEvent(Runnable call) {
        net.beginBudget();
        net.guard(this, call);
        enqueue();
    }

    /** Gives the role what was read, and goes on with the rest while the role stops only to write first. */
    private void feed(ByteBuffer in) {
        while (in.hasRemaining() && isReading()) {
            RoleConnection reader = role;
            int before = in.remaining();
            try {
                reader.onReadable(in);
            } catch (Throwable e) {
                if (e instanceof ProtocolException) {
                    serveWriteables(); // what came before the violation is still answered
                }
                Faults.caught(this, e);
            }
            boolean stoppedToWrite = !isReading();
            serveWriteables();
            if (role == reader && !stoppedToWrite) {
                Faults.assertProgress(this, in, before);
                unread = left(in, Unread.Next.REFUSED);
                return;
            }
        }
        unread = left(in, Unread.Next.DUE);
    }

    private void serveWriteables() {
        if (!writeableRequested) {
            return;
        }
        while (writeableRequested && !isChoked() && isOpen() && net.takeFromBudget()) {
            writeableRequested = false;
            try {
                role.onWriteable();
            } catch (Throwable e) {
                Faults.caught(this, e);
            }
        }
    }

    // ---- bytes between the two halves

    private void takeUnread(ByteBuffer in) {
        if (unread != null) {
            unread.moveTo(in);
            unread = null;
        }
    }

    private boolean isUnreadDue() {
        return unread != null && unread.isDue();
    }

    private @Nullable Unread left(ByteBuffer in, Unread.Next next) {
        return in.hasRemaining() && phase == ConnectionPhase.OPEN ? new Unread(in, next) : null;
    }

    /** From the loop's gather buffer: out, or behind what waits already. */
    void send(ByteBuffer gathered) {
        if (phase != ConnectionPhase.CLOSED) {
            output.send(gathered);
        }
    }

    private void updateInterest() {
        if (phase != ConnectionPhase.CLOSED) {
            boolean reads = phase == ConnectionPhase.LINGERING || (rx != Rx.ENDED && isReading());
            output.updateInterest(reads ? Interest.READ : Interest.NONE);
        }
    }
}
