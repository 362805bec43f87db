package io.lws.epoll;

import io.lws.Log;
import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.loop.Timer;
import io.lws.net.Transport;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream socket whose reads and writes are requests of a {@link UringPoller}.
 *
 * <p>Input: one request waits for it and stays. Its buffers are lent for the time they are told; what is not read by then
 * is copied, and the request cancelled until it has been. So a connection that is idle holds nothing, and one that is
 * paused what the kernel had put into buffers by then.
 *
 * <p>Output: small pieces are copied into the poller's arena, and leave with the next system call. That call never waits
 * for a peer (MSG_DONTWAIT), so all of it has been taken when it returns, or a completion says how much was not: this
 * is copied once more, sent when there is room, and nothing is accepted meanwhile. Large pieces are sent at once.
 */
final class UringTransport implements Transport, Serviceable {
    private static final Log LOG = Log.of("lws.net");
    /** To copy more costs more than a system call. */
    private static final int MAX_QUEUED_BYTES = 8 << 10;
    /** How long output that was promised may keep a socket after its connection. */
    private static final long LAST_OUTPUT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int NEVER = -1;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final int fd;
    private final boolean blocking;
    private @Nullable UringPoller poller;
    private @Nullable EventLoop loop;
    private @Nullable Events above;
    private Phase phase = Phase.NEW;
    private Fin fin = Fin.LATER;
    /** Closed without an end, it is reset. */
    private boolean reset;

    private int number;
    private int interest = Interest.READ;

    private Receiving receiving = Receiving.NO;
    /** A request for room is under way. */
    private boolean awaitingRoom;

    private boolean inputEnded;
    private boolean told;
    private boolean served;
    private int errno;
    /** Input that waits to be read: lent, or ours. */
    private ByteBuffer input = NOTHING;
    /** Output the kernel had no room for. */
    private @Nullable ByteBuffer unsent;

    private @Nullable Timer lastOutput;
    /** The batch that has a request of this socket in it, and the one with its output. */
    private int requestBatch = NEVER;

    private int sendBatch = NEVER;
    private int sendRequest;
    private int sendFrom;
    private int sendBytes;

    private enum Phase {
        NEW,
        OPEN,
        /** Closed above; the last output has yet to leave. */
        FLUSHING,
        CLOSED
    }

    /** The request for input. */
    private enum Receiving {
        NO,
        YES,
        /** It was cancelled, and there may be some before that is told. */
        ENDING
    }

    /** Our FIN. */
    private enum Fin {
        LATER,
        /** Behind what is unsent. */
        DUE,
        SENT
    }

    /** Of a connected socket, which it owns. */
    private UringTransport(int fd, boolean blocking) {
        this.fd = fd;
        this.blocking = blocking;
    }

    /** Of a socket that was just accepted. */
    static UringTransport accepted(int fd) {
        return new UringTransport(fd, false);
    }

    /** Of somebody else's socket, which may be left blocking since each call says that it shall not. */
    static UringTransport adopted(Calls calls, int fd) {
        return new UringTransport(fd, !calls.isNonBlocking(fd));
    }

    @Override
    public void open(EventLoop on, Events events) throws IOException {
        if (!(on.poller() instanceof UringPoller own)) {
            throw new IllegalStateException("a descriptor of the uring poller cannot be served by "
                    + on.poller().name());
        }
        poller = own;
        loop = on;
        above = events;
        number = own.join(this);
        phase = Phase.OPEN;
        receive(own);
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    private UringPoller open() throws IOException {
        UringPoller on = poller;
        if (on == null || phase != Phase.OPEN) {
            throw new IOException("closed");
        }
        return on;
    }

    // ---- input

    private void receive(UringPoller on) throws IOException {
        on.receive(fd, number);
        receiving = Receiving.YES;
        requestBatch = on.batch();
    }

    /**
     * {@code lent} is input; without it {@code result} is 0 for the end, or {@code -errno}. The request stays where it
     * says so: {@code goesOn}.
     */
    void onReceived(@Nullable ByteBuffer lent, int result, boolean goesOn) throws IOException {
        receiving = goesOn ? receiving : Receiving.NO;
        if (phase != Phase.OPEN) {
            leaveIfIdle();
            return;
        }
        if (lent != null && result > 0) {
            input = input.hasRemaining() ? joined(input, lent) : lent;
        } else if (result == 0) {
            inputEnded = true;
        } else if (isPassing(-result)) {
            goOn();
            return;
        } else {
            errno = -result;
        }
        try {
            tellReadable();
        } finally {
            keepInput();
        }
        goOn();
    }

    /** Out of buffers for a moment, or stopped by ourselves. */
    private static boolean isPassing(int errno) {
        return errno == Errno.ENOBUFS || errno == Errno.EAGAIN || errno == Errno.EINTR || errno == Errno.ECANCELED;
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first)
                .put(second)
                .flip();
    }

    private void keepInput() {
        input = input.hasRemaining() && phase == Phase.OPEN ? joined(input, NOTHING) : NOTHING;
    }

    private boolean hasInput() {
        return input.hasRemaining() || inputEnded || errno != 0;
    }

    private void tellReadable() {
        Events events = above;
        if (events != null && (interest & Interest.READ) != 0 && hasInput()) {
            told = true;
            try {
                events.onReadable();
            } finally {
                told = false;
            }
        }
    }

    /** What is there is told again in the next turn, and nothing more is taken in until then; else more is asked for. */
    private void goOn() throws IOException {
        UringPoller on = poller;
        if (on == null || phase != Phase.OPEN || told) {
            return;
        }
        if (input.hasRemaining() && receiving == Receiving.YES) {
            receiving = Receiving.ENDING;
            on.cancelReceive(number);
        }
        if ((interest & Interest.READ) == 0) {
            return;
        }
        if (hasInput()) {
            tellLater();
        } else if (receiving == Receiving.NO) {
            receive(on);
        }
    }

    private void tellLater() {
        if (!served && loop != null) {
            served = true;
            loop.serveNextTurn(this);
        }
    }

    @Override
    public void service() {
        served = false;
        tellReadable();
        try {
            goOn();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void interest(int wanted) {
        int added = wanted & ~interest;
        interest = wanted;
        UringPoller on = poller;
        if (added == 0 || on == null || phase != Phase.OPEN) {
            return;
        }
        try {
            if ((added & Interest.WRITE) != 0) {
                awaitRoom(on);
            }
            goOn();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The ring takes no requests any more; whoever reads next is told. */
    private void fail(IOException e) {
        LOG.error(UringProvider.NAME, "a request was not made", e);
        errno = Errno.EIO;
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        open();
        int n = Math.min(input.remaining(), dst.remaining());
        if (n > 0) {
            dst.put(dst.position(), input, input.position(), n).position(dst.position() + n);
            input.position(input.position() + n);
        }
        if (n > 0 || input.hasRemaining()) {
            return n;
        }
        if (errno != 0) {
            throw Errno.failure("read", errno);
        }
        return inputEnded ? -1 : 0;
    }

    // ---- output

    @Override
    public int write(ByteBuffer src) throws IOException {
        UringPoller on = open();
        int before = src.remaining();
        while (src.hasRemaining() && unsent == null) {
            if (errno != 0) {
                throw Errno.failure("write", errno);
            }
            boolean queued = sendBatch == on.batch();
            if ((queued ? sendBytes : 0) + src.remaining() > MAX_QUEUED_BYTES) {
                if (queued) {
                    on.handOver();
                } else if (sendNow(on, src) > 0) {
                    break;
                }
            } else if (!(queued ? extend(on, src) : queue(on, src))) {
                on.handOver();
            }
        }
        return before - src.remaining();
    }

    private boolean queue(UringPoller on, ByteBuffer src) {
        if (on.ring().isFull() || !on.arena().hasRoom(src.remaining())) {
            return false;
        }
        sendBytes = src.remaining();
        sendFrom = on.arena().put(src);
        sendRequest = on.send(fd, number, sendFrom, sendBytes);
        sendBatch = on.batch();
        requestBatch = sendBatch;
        return true;
    }

    /** Two requests could overtake each other, so there is one. */
    private boolean extend(UringPoller on, ByteBuffer src) {
        SendArena arena = on.arena();
        boolean isLast = arena.endsAt(sendFrom + sendBytes);
        if (!arena.hasRoom(src.remaining() + (isLast ? 0 : sendBytes))) {
            return false;
        }
        if (!isLast) {
            sendFrom = arena.move(sendFrom, sendBytes);
        }
        sendBytes += src.remaining();
        arena.put(src);
        on.ring().change(sendRequest, arena.address(sendFrom), sendBytes);
        return true;
    }

    /** How much was left over: then the kernel has no more room. */
    private int sendNow(UringPoller on, ByteBuffer src) throws IOException {
        Scratch scratch = on.epoll().scratch();
        boolean direct = src.isDirect();
        int length = direct ? src.remaining() : scratch.fill(src);
        long address = direct ? scratch.baseOf(src) + src.position() : scratch.address();
        int n;
        try {
            n = (int) on.epoll().calls().send(fd, address, length);
        } finally {
            Reference.reachabilityFence(src);
        }
        if (n < 0 && n != -Errno.EAGAIN && n != -Errno.EINTR) {
            throw Errno.failure("write", -n);
        }
        src.position(src.position() + Math.max(0, n));
        return n == -Errno.EINTR ? 0 : length - Math.max(0, n);
    }

    /** The output of the batch that has just been handed over was not all taken. While it still lies in the arena. */
    void onNotSent(int result) {
        int taken = Math.max(0, result);
        if (result < 0 && result != -Errno.EAGAIN && result != -Errno.EINTR) {
            errno = -result;
            tellLater();
            return;
        }
        UringPoller on = poller;
        if (on != null && taken < sendBytes) {
            unsent = on.arena().copy(sendFrom + taken, sendBytes - taken);
            try {
                awaitRoom(on);
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    /** Not a request: there is none for it, and what is sent so is large. */
    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        UringPoller on = open();
        if (!(file instanceof DescriptorFile known) || blocking) {
            return -1;
        }
        if (sendBatch == on.batch()) {
            on.handOver();
        }
        if (errno != 0) {
            throw Errno.failure("sendfile", errno);
        }
        return unsent == null ? known.sendTo(on.epoll().calls(), fd, position, count) : 0;
    }

    @Override
    public boolean flush() {
        return unsent == null;
    }

    private void awaitRoom(UringPoller on) throws IOException {
        if (!awaitingRoom) {
            on.awaitRoom(fd, number);
            awaitingRoom = true;
            requestBatch = on.batch();
        }
    }

    void onRoom() throws IOException {
        awaitingRoom = false;
        UringPoller on = poller;
        if (phase == Phase.CLOSED || on == null) {
            leaveIfIdle();
            return;
        }
        ByteBuffer rest = unsent;
        if (rest != null && sendRest(on, rest)) {
            awaitRoom(on);
            return;
        }
        unsent = null;
        if (fin == Fin.DUE) {
            sendFin(on);
        }
        if (phase == Phase.FLUSHING) {
            finish(on);
        } else if ((interest & Interest.WRITE) != 0 && above != null) {
            above.onWriteable();
            if ((interest & Interest.WRITE) != 0 && phase == Phase.OPEN) {
                awaitRoom(on);
            }
        }
    }

    /** Whether some is left. A failure leaves nothing that could be sent, and is told to whoever reads or writes next. */
    private boolean sendRest(UringPoller on, ByteBuffer rest) {
        try {
            sendNow(on, rest);
            return rest.hasRemaining();
        } catch (IOException e) {
            errno = Errno.EPIPE;
            tellLater();
            return false;
        }
    }

    // ---- the end

    @Override
    public void resetUnlessEnded() {
        if (phase == Phase.OPEN && poller != null) {
            reset = true;
            poller.epoll().calls().resetOnClose(fd, true);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        UringPoller on = open();
        if (sendBatch == on.batch()) {
            on.handOver();
        }
        fin = fin == Fin.LATER ? Fin.DUE : fin;
        if (unsent == null) {
            sendFin(on);
        }
    }

    private void sendFin(UringPoller on) throws IOException {
        if (fin == Fin.DUE) {
            fin = Fin.SENT;
            if (reset) {
                reset = false;
                on.epoll().calls().resetOnClose(fd, false); // what is still on its way shall arrive
            }
            int result = on.epoll().calls().shutdown(fd, Calls.SHUT_WR);
            if (result < 0 && phase == Phase.OPEN) {
                throw Errno.failure("shutdown", -result);
            }
        }
    }

    @Override
    public void close() {
        above = null;
        UringPoller on = poller;
        if (phase == Phase.NEW || on == null) {
            if (phase == Phase.NEW) {
                phase = Phase.CLOSED;
                // the loop that accepted it may not be the one that closes it
                new Calls().close(fd);
            }
            return;
        }
        if (phase != Phase.OPEN) {
            return;
        }
        submitOwn(on);
        if (unsent != null && fin == Fin.DUE && loop != null) {
            phase = Phase.FLUSHING;
            lastOutput = new Timer(nowNs -> finish(on));
            loop.schedule(lastOutput, LAST_OUTPUT_NS);
        } else {
            finish(on);
        }
    }

    /** A request that still lies in the queue would be made of another socket that gets the number. */
    private void submitOwn(UringPoller on) {
        try {
            if (requestBatch == on.batch()) {
                on.handOver();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void finish(UringPoller on) {
        if (phase == Phase.CLOSED) {
            return;
        }
        submitOwn(on);
        phase = Phase.CLOSED;
        unsent = null;
        if (lastOutput != null && loop != null) {
            loop.cancel(lastOutput);
        }
        try {
            if (receiving == Receiving.YES) {
                on.cancelReceive(number);
            }
            if (awaitingRoom) {
                on.cancelAwaitRoom(number);
            }
        } catch (IOException e) {
            fail(e);
        }
        on.epoll().calls().close(fd);
        leaveIfIdle();
    }

    /** The number is free for another once no completion can name it. */
    private void leaveIfIdle() {
        UringPoller on = poller;
        if (phase == Phase.CLOSED && receiving == Receiving.NO && !awaitingRoom && on != null) {
            poller = null;
            input = NOTHING;
            on.leave(number);
        }
    }

    /** The poller ends before the last output has left. */
    void abandon() {
        if (phase == Phase.FLUSHING) {
            phase = Phase.CLOSED;
            new Calls().close(fd);
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return phase == Phase.CLOSED ? null : SocketAddresses.remote(callsHere(), fd);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return phase == Phase.CLOSED ? null : SocketAddresses.local(callsHere(), fd);
    }

    /** Before it is opened whoever accepted it may ask. */
    private Calls callsHere() {
        return poller == null ? new Calls() : poller.epoll().calls();
    }
}
