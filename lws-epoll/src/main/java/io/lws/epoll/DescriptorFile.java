package io.lws.epoll;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file open for reading whose descriptor we know the number of, for sendfile: the JDK does not tell those of its own
 * channels. All else is done by a channel of the JDK on the same open file.
 */
final class DescriptorFile extends FileChannel {
    private static final int O_CLOEXEC = 0x80000;
    private static final String ARCHITECTURE = System.getProperty("os.arch");
    private static final int O_NOFOLLOW = ARCHITECTURE.equals("aarch64") ? 0x8000 : 0x20000;
    /** Elsewhere it may be yet another bit, and the JDK opens. */
    private static final boolean KNOWN_FLAGS = ARCHITECTURE.matches("amd64|x86_64|aarch64|riscv64");

    private static final Set<OpenOption> KNOWN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final int fd;
    private final FileChannel file;

    private DescriptorFile(int fd, FileChannel file) {
        this.fd = fd;
        this.file = file;
    }

    /** A channel of this kind where possible, else what {@link FileChannel#open(Path, OpenOption...)} gives or throws. */
    static FileChannel open(Calls calls, Path path, OpenOption... options) throws IOException {
        List<OpenOption> wanted = List.of(options);
        byte[] name = KNOWN_FLAGS && KNOWN.containsAll(wanted) ? nameOf(path) : null;
        if (name == null) {
            return FileChannel.open(path, options);
        }
        int fd = calls.open(name, O_CLOEXEC | (wanted.contains(LinkOption.NOFOLLOW_LINKS) ? O_NOFOLLOW : 0));
        if (fd >= 0) {
            try {
                FileChannel same = FileChannel.open(Path.of("/proc/self/fd/" + fd), StandardOpenOption.READ);
                return new DescriptorFile(fd, same);
            } catch (IOException e) {
                calls.close(fd); // no /proc, or no descriptor is left, which the next line will say
            }
        }
        return FileChannel.open(path, options);
    }

    /** As the JDK hands names to the kernel; {@code null} for those it cannot. */
    private static byte @Nullable [] nameOf(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return null;
        }
        try {
            ByteBuffer encoded = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))
                    .newEncoder()
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(path.toString()));
            byte[] name = new byte[encoded.remaining()];
            encoded.get(name);
            return name;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Sends to a socket that does not block until it takes no more, or the file ends.
     *
     * @return bytes sent
     */
    long sendTo(Calls calls, int socket, long position, long count) throws IOException {
        if (!isOpen()) {
            throw new java.nio.channels.ClosedChannelException();
        }
        long sent = 0;
        while (sent < count) {
            long n = calls.sendfile(socket, fd, position + sent, count - sent);
            if (n == 0 || n == -Errno.EAGAIN) {
                break;
            }
            if (n < 0 && n != -Errno.EINTR) {
                throw Errno.failure("sendfile", (int) -n);
            }
            sent += Math.max(0, n);
        }
        return sent;
    }

    @Override
    protected void implCloseChannel() throws IOException {
        Calls.closeQuietly(fd);
        file.close();
    }

    // ---- as the JDK does it

    @Override
    public int read(ByteBuffer dst) throws IOException {
        return file.read(dst);
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return file.read(dsts, offset, length);
    }

    @Override
    public int read(ByteBuffer dst, long position) throws IOException {
        return file.read(dst, position);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return file.write(src);
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return file.write(srcs, offset, length);
    }

    @Override
    public int write(ByteBuffer src, long position) throws IOException {
        return file.write(src, position);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        file.force(metaData);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel src, long position, long count) throws IOException {
        return file.transferFrom(src, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return file.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return file.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return file.tryLock(position, size, shared);
    }
}
