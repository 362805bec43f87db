package io.lws.epoll;

import io.lws.Log;
import io.lws.loop.Pollable;
import io.lws.net.Acceptor;
import io.lws.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits with io_uring. What stream sockets read and write are requests of one ring; the requests of a turn are handed
 * over by the very system call that waits for the next thing to happen. Whatever else there is, from listeners to
 * terminals, is watched by an {@link EpollPoller}, which for the ring is one descriptor.
 */
final class UringPoller implements DescriptorPoller {
    private static final Log LOG = Log.of("lws.loop");
    private static final int ENTRIES = 1024;
    private static final int OPERATION_BITS = 8;
    private static final int OPERATION = 0xff;
    private static final int POLLIN = 1;
    private static final int POLLOUT = 4;

    /** What a completion is about: the lowest byte of its user data, with the number of a transport above it. */
    private static final int RECEIVED = 1;

    private static final int SENT = 2;
    private static final int ROOM = 3;
    private static final int OTHERS = 4;
    private static final int CANCELLED = 5;

    private final EpollPoller epoll;
    private final Ring ring;
    private final ReceiveBuffers buffers;
    private final SendArena arena;
    private final RingSignal signal = new RingSignal();
    private final Completions completions = new Completions();
    private @Nullable UringTransport[] transports = new UringTransport[64];
    private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
    private int numbers;
    private int watched;
    /** Counts system calls: what was asked for in this batch is still to be handed over. */
    private int batch;

    private boolean watchesOthers;
    private boolean closed;

    UringPoller() throws IOException {
        epoll = new EpollPoller(EpollPoller.Trigger.EDGE, 0);
        @Nullable Ring opened = null;
        try {
            opened = new Ring(ENTRIES);
            ring = opened;
            buffers = new ReceiveBuffers(ring);
            arena = new SendArena(ring);
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            epoll.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return UringProvider.NAME;
    }

    @Override
    public EpollPoller epoll() {
        return epoll;
    }

    // ---- what is watched

    @Override
    public Registration register(SelectableChannel channel, int interest, Pollable target) throws IOException {
        return epoll.register(channel, interest, target);
    }

    @Override
    public Registration register(int fd, int interest, Pollable target) throws IOException {
        return epoll.register(fd, interest, target);
    }

    @Override
    public Transport transport(int fd) {
        return EpollTransport.isStreamSocket(epoll.calls(), fd)
                ? UringTransport.adopted(epoll.calls(), fd)
                : epoll.transport(fd);
    }

    @Override
    public Acceptor acceptor(ServerSocketChannel channel) throws IOException {
        return acceptor(OpenDescriptors.ofChannel(channel), channel.getLocalAddress(), channel::isOpen);
    }

    @Override
    public Acceptor acceptor(int fd, SocketAddress address, BooleanSupplier isOpen) throws IOException {
        return epoll.acceptor(fd, address, isOpen, UringTransport::accepted);
    }

    @Override
    public FileChannel openFile(Path file, OpenOption... options) throws IOException {
        return DescriptorFile.open(epoll.calls(), file, options);
    }

    @Override
    public int size() {
        return watched + epoll.size();
    }

    /** The number by which completions name {@code transport} until {@link #leave}. */
    int join(UringTransport transport) {
        Integer free = freeNumbers.poll();
        int number = free == null ? numbers++ : free;
        if (number >= transports.length) {
            transports = Arrays.copyOf(transports, 2 * number);
        }
        transports[number] = transport;
        watched++;
        return number;
    }

    /** No request of it is under way any more. */
    void leave(int number) {
        transports[number] = null;
        freeNumbers.push(number);
        watched--;
    }

    // ---- requests of transports

    int batch() {
        return batch;
    }

    SendArena arena() {
        return arena;
    }

    Ring ring() {
        return ring;
    }

    /** A completion with a buffer whenever {@code fd} has input, until one says that it was the last. */
    void receive(int fd, int number) throws IOException {
        makeRoom();
        int at = ring.request(Ring.RECV, Ring.BUFFER_SELECT, fd, userData(number, RECEIVED));
        ring.priority(at, Ring.RECV_POLL_FIRST | Ring.RECV_MULTISHOT);
    }

    /** Sends from the arena at the next system call, as much as the kernel has room for; where the request stands. */
    int send(int fd, int number, int from, int lengthBytes) {
        int at = ring.request(Ring.SEND, Ring.CQE_SKIP_SUCCESS, fd, userData(number, SENT));
        ring.operationFlags(at, Calls.MSG_DONTWAIT | Calls.MSG_NOSIGNAL | Calls.MSG_WAITALL);
        ring.change(at, arena.address(from), lengthBytes);
        return at;
    }

    /** One completion once there is room for output. */
    void awaitRoom(int fd, int number) throws IOException {
        makeRoom();
        ring.operationFlags(ring.request(Ring.POLL_ADD, 0, fd, userData(number, ROOM)), POLLOUT);
    }

    void cancelReceive(int number) throws IOException {
        cancel(userData(number, RECEIVED));
    }

    void cancelAwaitRoom(int number) throws IOException {
        cancel(userData(number, ROOM));
    }

    private void cancel(long what) throws IOException {
        makeRoom();
        ring.change(ring.request(Ring.ASYNC_CANCEL, Ring.CQE_SKIP_SUCCESS, -1, CANCELLED), what, 0);
    }

    private static long userData(int number, int operation) {
        return ((long) number << OPERATION_BITS) | operation;
    }

    private void makeRoom() throws IOException {
        if (ring.isFull()) {
            handOver();
        }
    }

    // ---- waiting

    @Override
    public int poll(long timeoutNs) throws IOException {
        int ready = epoll.pollChannels();
        watchOthers();
        enter(ready > 0 || !completions.isEmpty() ? 0 : timeoutNs);
        boolean others = false;
        int told = 0;
        for (int n = completions.size(); n > 0; n--) {
            long userData = completions.userData();
            if (userData == OTHERS) {
                others = true;
                watchesOthers = false;
                completions.drop();
            } else {
                told += dispatch(userData);
            }
        }
        return told + (others ? epoll.pollRest(ready) : ready);
    }

    private void watchOthers() throws IOException {
        if (!watchesOthers) {
            watchesOthers = true;
            makeRoom();
            ring.operationFlags(ring.request(Ring.POLL_ADD, 0, epoll.fd(), OTHERS), POLLIN);
        }
    }

    @Override
    public void submit() throws IOException {
        if (closed) {
            return;
        }
        epoll.submit();
        watchOthers();
        handOver();
        signal.rest(ring, !completions.isEmpty());
    }

    /** What was asked for goes to the kernel now; nobody is told anything. */
    void handOver() throws IOException {
        if (ring.hasRequests()) {
            enter(0);
        }
    }

    private void enter(long timeoutNs) throws IOException {
        ring.enter(timeoutNs);
        batch++;
        // those of output that was not taken come first, while it still lies in the arena
        while (ring.hasCompletion()) {
            long userData = ring.userData();
            if ((userData & OPERATION) == SENT) {
                UringTransport sender = transports[(int) (userData >>> OPERATION_BITS)];
                if (sender != null) {
                    sender.onNotSent(ring.result());
                }
            } else {
                completions.add(userData, ring.result(), ring.flags());
            }
            ring.next();
        }
        arena.clear();
    }

    private int dispatch(long userData) {
        int result = completions.result();
        int flags = completions.flags();
        completions.drop();
        UringTransport transport = userData == CANCELLED ? null : transports[(int) (userData >>> OPERATION_BITS)];
        if (transport == null) {
            return 0;
        }
        try {
            if ((userData & OPERATION) == RECEIVED) {
                received(transport, result, flags);
            } else {
                transport.onRoom();
            }
        } catch (Throwable e) {
            LOG.error(UringProvider.NAME, "a target of readiness threw", e);
        }
        return 1;
    }

    private void received(UringTransport transport, int result, int flags) throws IOException {
        boolean goesOn = (flags & Ring.CQE_MORE) != 0;
        if ((flags & Ring.CQE_BUFFER) == 0) {
            transport.onReceived(null, result, goesOn);
            return;
        }
        int number = flags >>> Ring.CQE_BUFFER_SHIFT;
        try {
            ByteBuffer lent = buffers.view(number, Math.max(0, result));
            transport.onReceived(lent, result, goesOn);
        } finally {
            buffers.giveBack(number);
        }
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        if (timeoutNs != 0) {
            // a wakeup is seen there, for one eventfd does not reliably signal another
            signal.await(epoll.fd(), timeoutNs);
        }
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (UringTransport each : transports) {
                if (each != null) {
                    each.abandon();
                }
            }
            epoll.close();
            ring.close();
            signal.close();
        }
    }
}
