package io.lws.net;

import io.lws.Log;
import io.lws.loop.EventLoop;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that carries bytes and was opened elsewhere, to become the lower half of a connection: see {@link
 * LoopNet#adopt}. Any thread may make one; it is good for one adoption.
 *
 * <p>Who owns what: what these methods refuse stays the caller's, and is left as it was. What they take belongs to the
 * adoption, and from {@link LoopNet#adopt} on, whether that succeeds or not, to the connection, which closes it at its
 * end. The caller must not use it any more. {@link #close} is for one that nobody adopts after all.
 */
public final class Adoption implements AutoCloseable {
    private static final Log LOG = Log.of("lws.net");

    private final Opener opener;
    /** What belongs to it; a descriptor by its number does not, before a poller that knows such has taken it. */
    private final List<Channel> held;

    private final AtomicBoolean used = new AtomicBoolean();

    /** Makes the transport on the loop that is to serve it. */
    @FunctionalInterface
    private interface Opener {
        Transport open(EventLoop loop) throws IOException;
    }

    private Adoption(Opener opener, List<Channel> held) {
        this.opener = opener;
        this.held = held;
    }

    /** A connected TCP or unix socket. */
    public static Adoption socket(SocketChannel channel) {
        free(channel);
        if (!channel.isConnected()) {
            throw new IllegalArgumentException("the channel is not connected: " + channel);
        }
        return new Adoption(
                loop -> {
                    channel.configureBlocking(false);
                    return new PlainTransport(channel);
                },
                List.of(channel));
    }

    /** Two ends of pipes: what comes out of {@code in} is read, what is written goes into {@code out}; either may be missing. */
    public static Adoption pipe(Pipe.@Nullable SourceChannel in, Pipe.@Nullable SinkChannel out) {
        if (in == null && out == null) {
            throw new IllegalArgumentException("a pipe has at least one end");
        }
        if (in != null) {
            free(in);
        }
        if (out != null) {
            free(out);
        }
        return new Adoption(loop -> new PipeTransport(in, out), held(in, out));
    }

    /**
     * A descriptor by its number: socket, tty, fifo, inotify, timerfd, eventfd, serial port, whatever can be waited for.
     * Only on loops whose poller knows descriptors, such as epoll. It is made non-blocking until it is closed.
     */
    public static Adoption descriptor(int fd) {
        if (fd < 0) {
            throw new IllegalArgumentException("no descriptor: " + fd);
        }
        return new Adoption(
                loop -> {
                    if (loop.poller() instanceof SocketPoller own) {
                        return own.transport(fd);
                    }
                    throw new UnsupportedOperationException(
                            "the " + loop.poller().name() + " poller knows no descriptors by number; epoll does");
                },
                List.of());
    }

    /**
     * The connected socket that whoever started this process has put in the place of its standard input (inetd,
     * systemd's {@code StandardInput=socket}).
     *
     * @throws IllegalStateException where there is none, or one that listens: {@link PassedSockets} is for that
     */
    public static Adoption inherited() throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel instanceof SocketChannel socket && socket.isConnected()) {
            return socket(socket);
        }
        throw new IllegalStateException("no connected socket was inherited: " + channel);
    }

    /**
     * Standard input and output, whatever they are. By a bridge: two threads of their own and one piece of at most 64 KiB
     * under way in each direction.
     */
    public static Adoption standardStreams() {
        return new Adoption(
                loop -> new BridgedTransport(
                        "standard streams",
                        new FileInputStream(FileDescriptor.in).getChannel(),
                        new FileOutputStream(FileDescriptor.out).getChannel()),
                List.of());
    }

    /**
     * A file of any kind, opened here: regular file, tty, fifo. By a bridge, as {@link #standardStreams}: files cannot be
     * waited for. To be read from its beginning, or written to where {@code options} say so.
     */
    public static Adoption file(Path path, OpenOption... options) throws IOException {
        boolean reads = options.length == 0 || List.of(options).contains(StandardOpenOption.READ);
        boolean writes = options.length > 0 && !List.of(options).equals(List.of(StandardOpenOption.READ));
        // opened twice: a channel that blocks in reading lets nobody write
        FileChannel in = reads ? FileChannel.open(path, options) : null;
        FileChannel out = writes ? openAgain(path, options, in) : null;
        return new Adoption(loop -> new BridgedTransport(path.toString(), in, out), held(in, out));
    }

    private static FileChannel openAgain(Path path, OpenOption[] options, @Nullable FileChannel in) throws IOException {
        if (in == null) {
            return FileChannel.open(path, options);
        }
        Set<OpenOption> again = new HashSet<>(List.of(options));
        again.remove(StandardOpenOption.CREATE_NEW);
        again.remove(StandardOpenOption.TRUNCATE_EXISTING);
        try {
            return FileChannel.open(path, again);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The same, with bytes that were read from it already in front. They are copied. */
    public Adoption withBytes(ByteBuffer alreadyRead) {
        if (used.getAndSet(true)) {
            throw new IllegalStateException("adopted already");
        }
        ByteBuffer copy = ByteBuffer.allocate(alreadyRead.remaining())
                .put(alreadyRead.duplicate())
                .flip();
        return new Adoption(loop -> new PrefixedTransport(opener.open(loop), copy), held);
    }

    Transport open(EventLoop loop) throws IOException {
        if (used.getAndSet(true)) {
            throw new IllegalStateException("adopted already");
        }
        try {
            return opener.open(loop);
        } catch (IOException | RuntimeException e) {
            closeHeld();
            throw e;
        }
    }

    /** Closes what it holds, unless somebody has adopted it. Idempotent. */
    @Override
    public void close() {
        if (!used.getAndSet(true)) {
            closeHeld();
        }
    }

    private void closeHeld() {
        for (Channel each : held) {
            try {
                each.close();
            } catch (IOException e) {
                LOG.warn("adoption", "closing: " + e.getMessage());
            }
        }
    }

    private static List<Channel> held(@Nullable Channel one, @Nullable Channel other) {
        return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
                .<Channel>flatMap(Optional::stream)
                .toList();
    }

    private static void free(SelectableChannel channel) {
        if (!channel.isOpen()) {
            throw new IllegalArgumentException("the channel is closed: " + channel);
        }
        if (channel.isRegistered()) {
            throw new IllegalStateException("a selector has the channel: " + channel);
        }
    }
}
