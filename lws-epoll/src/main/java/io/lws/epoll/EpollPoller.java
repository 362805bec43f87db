package io.lws.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.lws.Log;
import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.net.Acceptor;
import io.lws.net.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Waits with epoll. Descriptors stand in a table by their number; the JDK's channels, whose numbers are not ours to
 * close, are watched by a selector that is itself one descriptor here.
 */
final class EpollPoller implements DescriptorPoller {
    private static final Log LOG = Log.of("lws.loop");
    private static final int MAX_EVENTS = 256;
    private static final int FD_BITS = 32;

    private final Calls calls = new Calls();
    private final Scratch scratch = new Scratch();
    private final MemorySegment events = Arena.ofAuto().allocate((long) MAX_EVENTS * Calls.EVENT_BYTES, 8);
    private final int epoll;
    private final int wakeFd;
    private final Trigger trigger;
    private final long spinNs;
    private final Object wakeLock = new Object();
    private boolean closed;

    private @Nullable EventSink[] sinks = new EventSink[64];
    /** Counts who had a number before: an event of the last one must not reach the next. */
    private int[] generations = new int[64];

    private int watched;
    private @Nullable ChannelSelector channels;
    /** Those whose loop may end before they are told to close. */
    private final Set<EpollAcceptor> acceptors = new HashSet<>();

    /** How sockets are watched. */
    enum Trigger {
        /** Once, for both directions: no system call for interest, ever. */
        EDGE,
        /** By interest, as a selector does. */
        LEVEL
    }

    EpollPoller(Trigger trigger, long spinNs) throws IOException {
        this.trigger = trigger;
        this.spinNs = spinNs;
        epoll = check("epoll_create1", calls.epollCreate());
        int event = calls.eventfd();
        if (event < 0) {
            calls.close(epoll);
            throw Errno.failure("eventfd", -event);
        }
        wakeFd = event;
        // edge triggered: it need never be read
        check("epoll_ctl", add(wakeFd, EventSink.IN | EventSink.EDGE, bits -> {}));
        watched = 0;
    }

    private static int check(String call, int result) throws IOException {
        if (result < 0) {
            throw Errno.failure(call, -result);
        }
        return result;
    }

    @Override
    public String name() {
        return EpollProvider.NAME;
    }

    @Override
    public EpollPoller epoll() {
        return this;
    }

    /** Readable when something that is watched is ready. */
    int fd() {
        return epoll;
    }

    Calls calls() {
        return calls;
    }

    Scratch scratch() {
        return scratch;
    }

    Trigger trigger() {
        return trigger;
    }

    // ---- what is watched

    /** Watches {@code fd} from now on; 0 or {@code -errno}. */
    int add(int fd, int bits, EventSink sink) {
        room(fd);
        generations[fd]++;
        int result = calls.epollControl(epoll, Calls.EPOLL_CTL_ADD, fd, bits, key(fd));
        if (result >= 0) {
            sinks[fd] = sink;
            watched++;
        }
        return result;
    }

    /** For nothing it is taken out: the kernel tells of errors and hang-ups unasked, and would again and again. */
    void change(int fd, int bits) {
        if (bits == 0) {
            calls.epollControl(epoll, Calls.EPOLL_CTL_DEL, fd, 0, 0);
        } else if (calls.epollControl(epoll, Calls.EPOLL_CTL_MOD, fd, bits, key(fd)) == -Errno.ENOENT) {
            calls.epollControl(epoll, Calls.EPOLL_CTL_ADD, fd, bits, key(fd));
        }
    }

    /** Stops watching a descriptor that stays open. */
    void remove(int fd) {
        forget(fd);
        calls.epollControl(epoll, Calls.EPOLL_CTL_DEL, fd, 0, 0);
    }

    /** As {@link #remove}, for one that is closed at once, which makes the kernel forget it too. */
    void forget(int fd) {
        if (fd < sinks.length && sinks[fd] != null) {
            sinks[fd] = null;
            watched--;
        }
    }

    private long key(int fd) {
        return ((long) generations[fd] << FD_BITS) | fd;
    }

    private void room(int fd) {
        if (fd >= sinks.length) {
            int length = Math.max(fd + 1, sinks.length * 2);
            sinks = Arrays.copyOf(sinks, length);
            generations = Arrays.copyOf(generations, length);
        }
    }

    @Override
    public Registration register(SelectableChannel channel, int interest, Pollable target) throws IOException {
        ChannelSelector selector = channels;
        if (selector == null) {
            selector = ChannelSelector.open();
            check("epoll_ctl", add(selector.fd(), EventSink.IN, bits -> {}));
            watched--;
            channels = selector;
        }
        return selector.register(channel, interest, target);
    }

    @Override
    public Registration register(int fd, int interest, Pollable target) throws IOException {
        return new FdRegistration(this, fd, interest, target);
    }

    @Override
    public Transport transport(int fd) {
        return EpollTransport.adopted(calls, fd);
    }

    @Override
    public Acceptor acceptor(ServerSocketChannel channel) throws IOException {
        return acceptor(OpenDescriptors.ofChannel(channel), channel.getLocalAddress(), channel::isOpen);
    }

    @Override
    public Acceptor acceptor(int fd, SocketAddress address, BooleanSupplier isOpen) throws IOException {
        return acceptor(fd, address, isOpen, EpollTransport::accepted);
    }

    /** {@code sockets} makes a transport of the number of a socket that was accepted. */
    Acceptor acceptor(int fd, SocketAddress address, BooleanSupplier isOpen, IntFunction<Transport> sockets)
            throws IOException {
        EpollAcceptor acceptor = new EpollAcceptor(this, fd, address, isOpen, sockets);
        acceptors.add(acceptor);
        return acceptor;
    }

    void forgetAcceptor(EpollAcceptor acceptor) {
        acceptors.remove(acceptor);
    }

    @Override
    public FileChannel openFile(Path file, OpenOption... options) throws IOException {
        return DescriptorFile.open(calls, file, options);
    }

    @Override
    public int size() {
        return watched + (channels == null ? 0 : channels.size());
    }

    // ---- waiting

    @Override
    public int poll(long timeoutNs) throws IOException {
        int ready = pollChannels();
        return pollRest(ready, ready > 0 ? 0 : timeoutNs);
    }

    /** Hands over what changed about channels; what is found ready by the way need not be waited for. */
    int pollChannels() throws IOException {
        ChannelSelector selector = channels;
        return selector == null || selector.size() == 0 ? 0 : selector.pollNow();
    }

    /** What follows {@link #pollChannels}, which found {@code ready}, once {@link #fd} is readable. */
    int pollRest(int ready) throws IOException {
        return pollRest(ready, 0);
    }

    private int pollRest(int before, long timeoutNs) throws IOException {
        int ready = before + pollDescriptors(timeoutNs);
        return ready > 0 ? ready : pollChannels();
    }

    @Override
    public void submit() throws IOException {
        if (channels != null) {
            channels.submit();
        }
    }

    @Override
    public void await(long timeoutNs) throws IOException {
        if (timeoutNs != 0) {
            // not epoll_wait: it would take the edges away
            new Calls().awaitReadable(epoll, -1, timeoutNs);
        }
    }

    private int pollDescriptors(long timeoutNs) throws IOException {
        int n = spinNs > 0 && timeoutNs != 0 ? spin(timeoutNs) : 0;
        if (n == 0) {
            n = calls.epollWait(epoll, events, MAX_EVENTS, timeoutNs);
        }
        if (n < 0) {
            if (n == -Errno.EINTR) {
                return 0;
            }
            throw Errno.failure("epoll_wait", -n);
        }
        int told = 0;
        for (int i = 0; i < n; i++) {
            told += dispatch((long) i * Calls.EVENT_BYTES);
        }
        return told;
    }

    /** Looks again and again for a while, since to sleep and to be woken takes longer than many an answer. */
    private int spin(long timeoutNs) {
        long beganNs = System.nanoTime();
        long limitNs = timeoutNs < 0 ? spinNs : Math.min(spinNs, timeoutNs);
        int n;
        do {
            n = calls.epollWait(epoll, events, MAX_EVENTS, 0);
            Thread.onSpinWait();
        } while (n == 0 && System.nanoTime() - beganNs < limitNs);
        return n;
    }

    private int dispatch(long at) {
        int fd = events.get(JAVA_INT_UNALIGNED, at + Calls.EVENT_DATA_AT);
        int generation = events.get(JAVA_INT_UNALIGNED, at + Calls.EVENT_DATA_AT + JAVA_INT.byteSize());
        EventSink sink = sinks[fd];
        if (sink == null || generations[fd] != generation || fd == wakeFd) {
            return 0;
        }
        if (channels != null && fd == channels.fd()) {
            return 0;
        }
        try {
            sink.onEvents(events.get(JAVA_INT, at));
        } catch (Throwable e) {
            LOG.error(EpollProvider.NAME, "a target of readiness threw", e);
        }
        return 1;
    }

    @Override
    public void wakeup() {
        synchronized (wakeLock) {
            if (!closed) {
                Calls.signal(wakeFd);
            }
        }
    }

    @Override
    public void close() {
        synchronized (wakeLock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (channels != null) {
            channels.close();
            channels = null;
        }
        List.copyOf(acceptors).forEach(EpollAcceptor::close);
        Arrays.fill(sinks, null);
        watched = 0;
        calls.close(wakeFd);
        calls.close(epoll);
    }

    /** Epoll's bits for what {@link Interest} names. */
    static int bits(int interest) {
        int bits = 0;
        if ((interest & (Interest.READ | Interest.ACCEPT)) != 0) {
            bits |= EventSink.IN;
        }
        if ((interest & (Interest.WRITE | Interest.CONNECT)) != 0) {
            bits |= EventSink.OUT;
        }
        return bits;
    }

    /** What of {@code interest} the bits mean; an error concerns all of it, since every call will say so. */
    static int ready(int bits, int interest) {
        int ready = 0;
        if ((bits & (EventSink.IN | EventSink.RDHUP | EventSink.HUP | EventSink.ERR)) != 0) {
            ready |= interest & (Interest.READ | Interest.ACCEPT);
        }
        if ((bits & (EventSink.OUT | EventSink.HUP | EventSink.ERR)) != 0) {
            ready |= interest & (Interest.WRITE | Interest.CONNECT);
        }
        return ready;
    }
}
