package io.lws.net;

import io.lws.CloseInfo;
import io.lws.buffer.BufferChain;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way down of one connection: hands output to the transport, and keeps what a choked peer does not take yet. A
 * failure of the transport aborts the connection, once the role has heard what it still wants to. Its loop's thread.
 */
final class Output implements Serviceable {
    /** More than the kernel holds of a connection that is broken. */
    private static final int MAX_LAST_READS = 128;

    private final Connection connection;
    private Transport transport;
    private boolean choked;
    private int interest = Interest.READ;
    private @Nullable BufferChain pending;
    private End end = End.LATER;
    /** Why nothing goes out any more. */
    private @Nullable CloseInfo failure;

    /** Our FIN, while the peer may go on. */
    private enum End {
        LATER,
        /** Behind what still waits. */
        DUE,
        SENT
    }

    Output(Connection connection, Transport transport) {
        this.connection = connection;
        this.transport = transport;
    }

    /** Another transport, which is open and watches for input, stands on the one before; nothing is pending. */
    void moveTo(Transport next) {
        transport = next;
        interest = Interest.READ;
    }

    /** True while the peer takes no more. */
    boolean isChoked() {
        return choked;
    }

    long pendingBytes() {
        return pending == null ? 0 : pending.lengthBytes();
    }

    /** Whether so much waits that nothing more should be read from the peer. */
    boolean isBackedUp() {
        return pendingBytes() > connection.net().limits().rxStopBytes();
    }

    /** Ends our output once all of it has left. */
    void end() {
        connection.loop().assertInLoop();
        end = end == End.SENT ? end : End.DUE;
        sendEnd();
    }

    private void sendEnd() {
        if (end == End.DUE && !choked) {
            end = End.SENT;
            try {
                transport.shutdownOutput();
            } catch (IOException e) {
                // nobody is left to be told, and reading will say so
                return;
            }
        }
    }

    void append(ByteBuffer src) {
        while (src.hasRemaining()) {
            ByteBuffer out = connection.out(1);
            int n = Math.min(out.remaining(), src.remaining());
            out.put(out.position(), src, src.position(), n);
            out.position(out.position() + n);
            src.position(src.position() + n);
        }
    }

    void append(byte[] src, int offset, int lengthBytes) {
        int at = offset;
        while (at < offset + lengthBytes) {
            ByteBuffer out = connection.out(1);
            int n = Math.min(out.remaining(), offset + lengthBytes - at);
            out.put(src, at, n);
            at += n;
        }
    }

    /** Out, or behind what waits already. Takes all of {@code gathered}. */
    void send(ByteBuffer gathered) {
        boolean allTaken = true;
        try {
            if (!choked) {
                transport.write(gathered);
                allTaken = transport.flush();
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
        if (failure != null) {
            gathered.position(gathered.limit());
            return;
        }
        if (gathered.hasRemaining()) {
            keep(gathered);
        } else if (!allTaken) {
            choke();
        }
    }

    private void keep(ByteBuffer rest) {
        if (pendingBytes() + rest.remaining() > connection.net().limits().maxPendingBytes()) {
            connection.abort(CloseInfo.local(0, "more output than the peer takes"));
            return;
        }
        if (pending == null) {
            pending = new BufferChain();
        }
        pending.append(rest);
        choke();
    }

    /** Bytes sent, negative where the transport cannot. There is nothing pending. */
    long transferFrom(FileChannel file, long position, long count) {
        try {
            long sent = transport.transferFrom(file, position, count);
            connection.net().countOut(sent);
            if (sent >= 0 && sent < count && position + sent < file.size()) {
                choke();
            }
            return sent;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return 0;
        }
    }

    /**
     * The peer takes no more. It may have said why before, as an origin does that answers a request it does not read to
     * its end: what has arrived is still read where the role wants it, in this turn.
     */
    private void fail(Exception e) {
        CloseInfo why = CloseInfo.network(e);
        failure = why;
        pending = null;
        choked = true; // for good: nobody shall write
        if (connection.isReading() && connection.role().awaitsAnswer()) {
            connection.loop().serveThisTurn(this);
        } else {
            connection.abort(why);
        }
    }

    @Override
    public void service() {
        CloseInfo why = failure;
        for (int i = 0; i < MAX_LAST_READS && connection.isReading(); i++) {
            connection.onReadable();
        }
        if (why != null) {
            connection.abort(why); // also one that is closed by now: nothing of it will go out
        }
    }

    private void choke() {
        if (!choked) {
            choked = true;
            watchPeer();
        }
    }

    /** The peer takes output again: first what waits. */
    void drain() {
        BufferChain waiting = pending;
        if (failure != null) {
            return;
        }
        try {
            if (!transport.flush()) {
                watchPeer();
                return;
            }
            while (waiting != null && !waiting.isEmpty()) {
                ByteBuffer head = waiting.head();
                int n = transport.write(head);
                waiting.consumed(n);
                if (n > 0) {
                    watchPeer();
                }
                if (head.hasRemaining()) {
                    return;
                }
            }
            if (!transport.flush()) {
                return;
            }
        } catch (IOException | RuntimeException e) {
            fail(e);
            return;
        }
        drop();
        connection.deadlines().clearSend();
        sendEnd();
    }

    /** From now on the peer has the time to take a byte that the limits give it. */
    private void watchPeer() {
        connection.deadlines().setSend(connection.net().limits().sendTimeout().toNanos());
    }

    /** Watches for {@code input}, and for room while choked; a system call only when that changes. */
    void updateInterest(int input) {
        int wanted = input | (choked ? Interest.WRITE : Interest.NONE);
        if (wanted != interest) {
            interest = wanted;
            transport.interest(wanted);
        }
    }

    void drop() {
        pending = null;
        choked = false;
    }
}
