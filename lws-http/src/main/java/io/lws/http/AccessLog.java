package io.lws.http;

import io.lws.Log;
import io.lws.VhostOption;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One line an answer, in Apache's combined format, written by a thread of its own: no loop waits for a disk. When that
 * disk is too slow, at most {@value #MAX_WAITING} lines wait and further ones are dropped and counted.
 *
 * <p>The file is opened anew when it is not at its path any more, looked at once a second, or when {@link #reopen} says
 * so: who rotates it just renames it. Any thread. One log may serve many vhosts; whoever made it closes it.
 */
public final class AccessLog implements VhostOption, AutoCloseable {
    static final int MAX_WAITING = 8192;
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final Log LOG = Log.of("lws.http.access");

    private final Path file;
    private final ArrayBlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean reopen;
    private @Nullable Writer out;
    private @Nullable Object fileKey;
    private long lookedNs;

    private enum Order {
        END
    }

    private AccessLog(Path file) {
        this.file = file;
        thread = new Thread(this::writeLines, "lws access log " + file.getFileName());
        thread.setDaemon(true);
    }

    /** Appends to a file; {@link IllegalArgumentException} when it cannot be opened. */
    public static AccessLog toFile(Path file) {
        AccessLog log = new AccessLog(file);
        try {
            log.open();
        } catch (IOException e) {
            throw new IllegalArgumentException("access log " + file + " cannot be opened", e);
        }
        log.thread.start();
        return log;
    }

    /** Opens the file at the path anew before the next line. */
    public void reopen() {
        reopen = true;
    }

    /** How many lines were not written. */
    public long dropped() {
        return dropped.get();
    }

    /** Adds a line, whose text is escaped already. */
    public void add(String line) {
        if (!waiting.offer(line)) {
            if (dropped.getAndIncrement() == 0) {
                LOG.warn(file.toString(), "the disk is too slow: lines are dropped");
            }
        }
    }

    /** Waits until all lines added before are written. */
    public void flush() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        if (thread.isAlive()) {
            waiting.put(written);
            while (thread.isAlive() && !written.await(10, TimeUnit.MILLISECONDS)) {}
        }
    }

    /** Writes what waits and closes the file. */
    @Override
    public void close() {
        try {
            waiting.put(Order.END);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeLines() {
        try {
            for (Object next = waiting.take(); next != Order.END; next = waiting.take()) {
                write(next);
                if (waiting.isEmpty() && out != null) {
                    out.flush();
                }
                if (next instanceof CountDownLatch written) {
                    written.countDown();
                }
            }
        } catch (InterruptedException | IOException e) {
            LOG.error(file.toString(), "the access log ends", e);
        } finally {
            closeFile();
        }
    }

    private void write(Object next) {
        if (!(next instanceof String line)) {
            return;
        }
        try {
            long nowNs = System.nanoTime();
            if (reopen || nowNs - lookedNs > LOOK_NS) {
                lookedNs = nowNs;
                if (reopen || fileKey == null || !fileKey.equals(keyAtPath())) {
                    reopen = false;
                    open();
                }
            }
            Writer to = out;
            if (to != null) {
                to.write(line);
                to.write('\n');
            }
        } catch (IOException e) {
            dropped.incrementAndGet();
            LOG.warn(file.toString(), "a line of the access log could not be written: " + e.getMessage());
            closeFile();
        }
    }

    private void open() throws IOException {
        closeFile();
        out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        fileKey = keyAtPath();
        lookedNs = System.nanoTime();
    }

    private @Nullable Object keyAtPath() {
        try {
            BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = about.fileKey();
            return key == null ? about.creationTime() : key;
        } catch (IOException e) {
            return null;
        }
    }

    private void closeFile() {
        Writer old = out;
        out = null;
        fileKey = null;
        try {
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            LOG.warn(file.toString(), "closing it: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "AccessLog " + file;
    }
}
