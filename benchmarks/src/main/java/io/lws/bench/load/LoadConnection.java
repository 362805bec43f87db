package io.lws.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of the client: what it has sent and when, and what it still waits for. */
final class LoadConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final Outbox outbox;
    private final AnswerReader reader;
    private final long[] sentNs;
    private int oldest;
    private int underWay;
    private int unsentBytes;
    private int offset;
    private @Nullable SelectionKey key;

    /** {@code channel} is connected, and past its handshake where there is one. */
    LoadConnection(SocketChannel channel, Outbox outbox, AnswerReader reader, int depth) {
        this.channel = channel;
        this.outbox = outbox;
        this.reader = reader;
        this.sentNs = new long[depth];
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends {@code count} requests, in one write if the kernel takes it; their time runs from {@code nowNs}. */
    void send(int count, long nowNs) throws IOException {
        for (int i = 0; i < count; i++) {
            sentNs[(oldest + underWay++) % sentNs.length] = nowNs;
        }
        unsentBytes += count * outbox.requestBytes();
        flush();
    }

    void flush() throws IOException {
        while (unsentBytes > 0) {
            int n = channel.write(outbox.from(offset, unsentBytes));
            if (n == 0) {
                interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            unsentBytes -= n;
            offset = (offset + n) % outbox.requestBytes();
        }
        interest(SelectionKey.OP_READ);
    }

    private void interest(int wanted) {
        if (key != null && key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Reads what is there; {@code in} is lent. Returns the answers that ended in it. */
    int receive(ByteBuffer in) throws IOException {
        int n = channel.read(in.clear());
        if (n < 0) {
            throw new WrongAnswer("the server closed a connection");
        }
        return reader.read(in.flip());
    }

    /** When the oldest request under way was sent; it is answered with this. */
    long answered() {
        if (underWay == 0) {
            throw new WrongAnswer("an answer came to no request");
        }
        long sent = sentNs[oldest];
        oldest = (oldest + 1) % sentNs.length;
        underWay--;
        return sent;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
            return;
        }
    }
}
