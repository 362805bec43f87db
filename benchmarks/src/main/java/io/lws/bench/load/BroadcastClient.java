package io.lws.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One publisher, many subscribers. The next message goes out when every subscriber has the last; a delivery is an
 * operation, and the time of a message is that of its last delivery.
 */
public final class BroadcastClient implements AutoCloseable {
    private static final int READ_BYTES = 64 << 10;
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SETTLE_TRIES = 10;
    private static final int SLICE_MS = 50;

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<LoadConnection> subscribers = new ArrayList<>();
    private final Consumer<SelectionKey> serve = this::serve;
    private final SocketChannel publisher;
    private final ByteImage image;
    private final byte[] payload;
    private long number;
    private int delivered;
    private Window window = new Window(new Timing(0, 0), () -> Usage.NONE);

    private BroadcastClient(Dial dial, LoadSpec spec) throws IOException {
        payload = spec.content().clone();
        image = new ByteImage(payload);
        try {
            for (int i = 0; i < spec.connections(); i++) {
                LoadConnection subscriber = new LoadConnection(
                        dial.upgrade(spec.path()), new Outbox(new byte[1], 1), new WsReader(image), 1);
                subscribers.add(subscriber);
                subscriber.register(selector);
            }
            publisher = dial.upgrade("/pub");
        } catch (IOException | RuntimeException e) {
            close(subscribers, selector);
            throw e;
        }
    }

    /** Opens all connections, and publishes until a message has reached every subscriber. */
    public static BroadcastClient open(InetSocketAddress server, LoadSpec spec) throws IOException {
        BroadcastClient client = new BroadcastClient(new Dial(server), spec);
        try {
            client.settle();
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    /** A server may answer the handshake before it has put the connection on its list. */
    private void settle() throws IOException {
        for (int i = 0; i < SETTLE_TRIES; i++) {
            selector.select(SLICE_MS);
            publish();
            if (awaitAll(System.nanoTime() + SETTLE_NS)) {
                return;
            }
        }
        throw new WrongAnswer("a broadcast reached " + delivered + " of " + subscribers.size());
    }

    public LoadResult run(Timing timing, Supplier<Usage> meter) throws IOException {
        window = new Window(timing, meter);
        while (window.isOpen(System.nanoTime())) {
            long startNs = System.nanoTime();
            publish();
            if (!awaitAll(startNs + SETTLE_TRIES * SETTLE_NS)) {
                throw new WrongAnswer("a broadcast reached " + delivered + " of " + subscribers.size());
            }
            window.operation(System.nanoTime() - startNs);
        }
        return window.result();
    }

    private void publish() throws IOException {
        number++;
        image.number(number);
        ByteBuffer.wrap(payload).putLong(0, number);
        delivered = 0;
        ByteBuffer frame = ByteBuffer.wrap(Requests.frame(payload));
        while (frame.hasRemaining()) {
            publisher.write(frame);
        }
    }

    private boolean awaitAll(long deadlineNs) throws IOException {
        try {
            while (delivered < subscribers.size()) {
                if (selector.select(serve, SLICE_MS) == 0 && System.nanoTime() - deadlineNs > 0) {
                    return false;
                }
            }
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void serve(SelectionKey key) {
        try {
            int messages = ((LoadConnection) key.attachment()).receive(in);
            window.received(in.limit());
            for (int i = 0; i < messages; i++) {
                // the last delivery of all is counted with its time
                if (++delivered < subscribers.size()) {
                    window.untimedOperation();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(List<LoadConnection> connections, Selector selector) throws IOException {
        connections.forEach(LoadConnection::close);
        selector.close();
    }

    @Override
    public void close() throws IOException {
        publisher.close();
        close(subscribers, selector);
    }
}
