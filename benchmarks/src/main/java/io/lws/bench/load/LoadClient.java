package io.lws.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loads a server with GETs or echoes from one thread, and checks what comes back.
 *
 * <p>Closed loop ({@link #runClosed}): each connection sends as soon as it has its answer, which finds the CPU that an
 * operation costs. Open loop ({@link #runOpen}): requests are due at a fixed rate whether or not the server keeps up, and
 * their time runs from when they were due, so that a stall counts for all that it delayed.
 */
public final class LoadClient implements AutoCloseable {
    private static final int READ_BYTES = 256 << 10;
    private static final long MAX_WAIT_MS = 100;
    private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ArrayDeque<LoadConnection> free = new ArrayDeque<>();
    private final Consumer<SelectionKey> closedLoop = this::serveClosed;
    private final Consumer<SelectionKey> openLoop = this::serveOpen;
    private final int depth;
    private Window window;
    private long lastAnswerNs = System.nanoTime();

    private LoadClient(int depth) throws IOException {
        this.depth = depth;
        selector = Selector.open();
        window = new Window(new Timing(0, 0), () -> Usage.NONE);
    }

    /** Opens all connections of {@code spec}; handshakes are done when this returns. */
    public static LoadClient open(InetSocketAddress server, LoadSpec spec) throws IOException {
        LoadClient client = new LoadClient(spec.depth());
        try {
            client.connect(new Dial(server), spec);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private void connect(Dial dial, LoadSpec spec) throws IOException {
        boolean http = spec.exchange() == Exchange.HTTP;
        byte[] request = http ? Requests.get(spec.path(), dial.host()) : Requests.frame(spec.content());
        int headBytes = http ? new HttpProbe(dial).headBytes(request, spec.content()) : 0;
        Outbox outbox = new Outbox(request, spec.depth());
        ByteImage content = new ByteImage(spec.content());
        for (int i = 0; i < spec.connections(); i++) {
            LoadConnection connection = new LoadConnection(
                    http ? dial.connect() : dial.upgrade(spec.path()),
                    outbox,
                    http ? new HttpReader(headBytes, content) : new WsReader(content),
                    spec.depth());
            connections.add(connection);
            connection.register(selector);
        }
    }

    /** Keeps the spec's depth of requests under way on every connection. */
    public LoadResult runClosed(Timing timing, Supplier<Usage> meter) throws IOException {
        window = new Window(timing, meter);
        lastAnswerNs = System.nanoTime();
        for (LoadConnection each : connections) {
            each.send(depth, System.nanoTime());
        }
        while (window.isOpen(System.nanoTime())) {
            select(closedLoop, MAX_WAIT_MS);
        }
        return window.result();
    }

    /** Has a request due each {@code intervalNs}, one under way on a connection. Spins rather than sleeps. */
    public LoadResult runOpen(long intervalNs, Timing timing, Supplier<Usage> meter) throws IOException {
        window = new Window(timing, meter);
        free.addAll(connections);
        long dueNs = System.nanoTime();
        lastAnswerNs = dueNs;
        long nowNs = dueNs;
        while (window.isOpen(nowNs)) {
            while (dueNs - nowNs <= 0 && !free.isEmpty()) {
                free.removeFirst().send(1, dueNs);
                dueNs += intervalNs;
            }
            select(openLoop, 0);
            nowNs = System.nanoTime();
        }
        return window.result();
    }

    private void select(Consumer<SelectionKey> action, long waitMs) throws IOException {
        try {
            int ready = waitMs == 0 ? selector.selectNow(action) : selector.select(action, waitMs);
            if (ready == 0 && System.nanoTime() - lastAnswerNs > SILENCE_NS) {
                throw new WrongAnswer("no answer for ten seconds");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void serveClosed(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        int answers = serve(connection, key);
        if (answers > 0) {
            try {
                connection.send(answers, System.nanoTime());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serveOpen(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        if (serve(connection, key) > 0) {
            free.addLast(connection);
        }
    }

    private int serve(LoadConnection connection, SelectionKey key) {
        try {
            if (key.isWritable()) {
                connection.flush();
            }
            if (!key.isReadable()) {
                return 0;
            }
            int answers = connection.receive(in);
            window.received(in.limit());
            lastAnswerNs = System.nanoTime();
            for (int i = 0; i < answers; i++) {
                window.operation(lastAnswerNs - connection.answered());
            }
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        connections.forEach(LoadConnection::close);
        selector.close();
    }
}
