package io.lws.epoll;

import io.lws.loop.EventLoop;
import io.lws.loop.Interest;
import io.lws.loop.Serviceable;
import io.lws.net.Transport;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a descriptor. Edge triggered it is watched once and for all: the kernel tells what has changed, and this
 * object remembers what has not been used up, so that above it looks as if readiness were reported until it is gone.
 */
final class EpollTransport implements Transport, EventSink, Serviceable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_STREAM = 1;
    private static final int O_NONBLOCK = 0x800;
    private static final int NOT_SET = -1;
    private static final int ENDING = RDHUP | HUP | ERR;

    // small fields on purpose: there is one of these to every connection
    private final int fd;
    /** Any other, a pipe or a tty, may give a short read though more is there. */
    private final boolean streamSocket;

    private @Nullable EpollPoller poller;
    private @Nullable EventLoop loop;
    private @Nullable Events above;
    private byte interest = Interest.READ;
    /** Bytes, or the end, may be there; only with edges. */
    private boolean readable;
    /** The end is there behind the bytes, so that a short read does not mean that all is read. */
    private boolean ending;

    private boolean queued;
    /** Somebody else's socket, which may be left blocking since each call says that it shall not. */
    private boolean blocking;

    /** Closed without an end, it is reset. */
    private boolean reset;

    private boolean closed;
    /** The flags of an adopted descriptor as they were found, which it gets back. */
    private int flagsBefore = NOT_SET;

    private EpollTransport(int fd, boolean streamSocket) {
        this.fd = fd;
        this.streamSocket = streamSocket;
    }

    /** Of a socket that was just accepted. */
    static Transport accepted(int fd) {
        return new EpollTransport(fd, true);
    }

    /** Of any descriptor, which is made non-blocking. */
    static EpollTransport adopted(Calls calls, int fd) {
        EpollTransport transport = new EpollTransport(fd, isStreamSocket(calls, fd));
        int flags = calls.control(fd, Calls.F_GETFL, 0);
        transport.blocking = transport.streamSocket && (flags & O_NONBLOCK) == 0;
        if (!transport.streamSocket && (flags & O_NONBLOCK) == 0) {
            transport.flagsBefore = flags;
            calls.control(fd, Calls.F_SETFL, flags | O_NONBLOCK);
        }
        return transport;
    }

    /** @throws IllegalArgumentException where {@code fd} is not open */
    static boolean isStreamSocket(Calls calls, int fd) {
        int type = calls.option(fd, SOL_SOCKET, SO_TYPE);
        if (fd < 0 || type == -Errno.EBADF) {
            throw new IllegalArgumentException("descriptor " + fd + " is not open");
        }
        return type == SOCK_STREAM;
    }

    @Override
    public void open(EventLoop on, Events events) throws IOException {
        if (!(on.poller() instanceof DescriptorPoller any)) {
            throw new IllegalStateException("a descriptor of the epoll poller cannot be served by "
                    + on.poller().name());
        }
        EpollPoller own = any.epoll();
        int bits = own.trigger() == EpollPoller.Trigger.EDGE ? IN | OUT | RDHUP | EDGE : IN;
        int result = own.add(fd, bits, this);
        if (result == -Errno.EPERM) {
            throw new IllegalArgumentException("descriptor " + fd + " is a file, which cannot be waited for");
        }
        if (result < 0) {
            throw Errno.failure("watching descriptor " + fd, -result);
        }
        poller = own;
        loop = on;
        above = events;
    }

    @Override
    public void tell(Events events) {
        above = events;
    }

    // ---- readiness

    @Override
    public void onEvents(int events) {
        if (poller != null && poller.trigger() == EpollPoller.Trigger.EDGE) {
            onEdge(events);
        } else {
            tell(EpollPoller.ready(events, interest));
        }
    }

    private void onEdge(int events) {
        readable |= (events & (IN | ENDING)) != 0;
        ending |= (events & ENDING) != 0;
        int ready = (events & (OUT | HUP | ERR)) == 0 ? Interest.NONE : interest & Interest.WRITE;
        tell(ready | (interest & Interest.READ));
        tellLater();
    }

    private void tell(int ready) {
        if ((ready & Interest.WRITE) != 0 && above != null) {
            above.onWriteable();
        }
        if ((ready & Interest.READ) != 0 && above != null && (readable || isLevel())) {
            above.onReadable();
        }
    }

    private boolean isLevel() {
        return poller != null && poller.trigger() == EpollPoller.Trigger.LEVEL;
    }

    /** What the kernel will not say again must be said again by us. */
    private void tellLater() {
        if (readable && !queued && (interest & Interest.READ) != 0 && above != null && loop != null) {
            queued = true;
            loop.serveNextTurn(this);
        }
    }

    @Override
    public void service() {
        queued = false;
        tell(interest & Interest.READ);
        tellLater();
    }

    @Override
    public void interest(int wanted) {
        EpollPoller on = poller;
        if (wanted == interest || on == null) {
            return;
        }
        interest = (byte) wanted;
        if (on.trigger() == EpollPoller.Trigger.LEVEL) {
            on.change(fd, EpollPoller.bits(wanted));
        } else {
            tellLater();
        }
    }

    // ---- bytes

    @Override
    public int read(ByteBuffer dst) throws IOException {
        EpollPoller on = poller;
        if (on == null) {
            throw new IOException("closed");
        }
        int position = dst.position();
        boolean direct = dst.isDirect();
        int room = direct ? dst.remaining() : on.scratch().room(dst);
        long address =
                direct ? on.scratch().baseOf(dst) + position : on.scratch().address();
        int n;
        try {
            n = streamSocket
                    ? (int) on.calls().recv(fd, address, room)
                    : (int) on.calls().read(fd, address, room);
        } finally {
            Reference.reachabilityFence(dst);
        }
        if (n <= 0) {
            return nothingRead(n, room);
        }
        if (n < room && streamSocket) {
            readable = ending;
        }
        if (direct) {
            dst.position(position + n);
        } else {
            on.scratch().drain(dst, n);
        }
        return n;
    }

    private int nothingRead(int n, int room) throws IOException {
        if (n == 0) {
            return room == 0 ? 0 : -1;
        }
        if (n == -Errno.EAGAIN || n == -Errno.EINTR) {
            readable = n == -Errno.EINTR;
            return 0;
        }
        if (n == -Errno.EIO && !streamSocket) {
            return -1; // a tty whose other end has gone
        }
        throw Errno.failure("read", -n);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        EpollPoller on = poller;
        if (on == null) {
            throw new IOException("closed");
        }
        int written = 0;
        while (src.hasRemaining()) {
            boolean direct = src.isDirect();
            int length = direct ? src.remaining() : on.scratch().fill(src);
            long address = direct
                    ? on.scratch().baseOf(src) + src.position()
                    : on.scratch().address();
            int n;
            try {
                n = streamSocket
                        ? (int) on.calls().send(fd, address, length)
                        : (int) on.calls().write(fd, address, length);
            } finally {
                Reference.reachabilityFence(src);
            }
            if (n == -Errno.EINTR) {
                continue; // nothing says that there is no room, so nobody would say that there is
            }
            if (n == -Errno.EAGAIN) {
                break;
            }
            if (n < 0) {
                throw Errno.failure("write", -n);
            }
            src.position(src.position() + n);
            written += n;
            if (n < length && streamSocket) {
                break; // the kernel says when there is room again
            }
        }
        return written;
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        if (poller == null) {
            throw new IOException("closed");
        }
        // sendfile has no flag for a socket that might block
        return file instanceof DescriptorFile known && streamSocket && !blocking
                ? known.sendTo(poller.calls(), fd, position, count)
                : -1;
    }

    // ---- the end

    @Override
    public void resetUnlessEnded() {
        if (poller != null && streamSocket) {
            reset = true;
            poller.calls().resetOnClose(fd, true);
        }
    }

    @Override
    public void shutdownOutput() throws IOException {
        if (poller != null && streamSocket) {
            if (reset) {
                reset = false;
                poller.calls().resetOnClose(fd, false); // what is still on its way shall arrive
            }
            int result = poller.calls().shutdown(fd, Calls.SHUT_WR);
            if (result < 0) {
                throw Errno.failure("shutdown", -result);
            }
        }
    }

    @Override
    public void close() {
        above = null;
        if (closed) {
            return;
        }
        closed = true;
        Calls calls = callsHere();
        if (poller != null) {
            poller.forget(fd);
            poller = null;
        }
        if (flagsBefore != NOT_SET) {
            calls.control(fd, Calls.F_SETFL, flagsBefore);
        }
        calls.close(fd);
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return closed ? null : SocketAddresses.remote(callsHere(), fd);
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return closed ? null : SocketAddresses.local(callsHere(), fd);
    }

    /** Before it is opened whoever accepted it may ask, and that loop may not be the one that closes it. */
    private Calls callsHere() {
        return poller == null ? new Calls() : poller.calls();
    }
}
