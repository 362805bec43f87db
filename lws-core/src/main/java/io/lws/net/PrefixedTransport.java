package io.lws.net;

import io.lws.loop.EventLoop;
import io.lws.tls.TlsInfo;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Gives bytes that were read by somebody else before those still to come. */
final class PrefixedTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Transport below;
    private ByteBuffer prefix;
    private @Nullable Events above;

    PrefixedTransport(Transport below, ByteBuffer prefix) {
        this.below = below;
        this.prefix = prefix;
    }

    @Override
    public void open(EventLoop loop, Events events) throws IOException {
        above = events;
        below.open(loop, events);
        loop.serveThisTurn(this::tellPrefix);
    }

    private void tellPrefix() {
        Events told = above;
        if (told != null && prefix.hasRemaining()) {
            told.onReadable();
        }
    }

    @Override
    public void tell(Events events) {
        above = events;
        below.tell(events);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
        if (!prefix.hasRemaining()) {
            prefix = NOTHING;
            return below.read(dst);
        }
        int n = Math.min(dst.remaining(), prefix.remaining());
        dst.put(prefix.slice().limit(n));
        prefix.position(prefix.position() + n);
        return n;
    }

    @Override
    public boolean hasBuffered() {
        return prefix.hasRemaining() || below.hasBuffered();
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
        return below.write(src);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        return below.transferFrom(file, position, count);
    }

    @Override
    public boolean flush() throws IOException {
        return below.flush();
    }

    @Override
    public @Nullable TlsInfo tls() {
        return below.tls();
    }

    @Override
    public void interest(int interest) {
        below.interest(interest);
    }

    @Override
    public void resetUnlessEnded() {
        below.resetUnlessEnded();
    }

    @Override
    public void shutdownOutput() throws IOException {
        below.shutdownOutput();
    }

    @Override
    public void close() {
        above = null;
        below.close();
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return below.remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return below.localAddress();
    }
}
