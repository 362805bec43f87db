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
 * disk is too slow, at most {@value #MAX_WAITING} lines wait and further ones are dropped and counted; so are those that a
 * full disk does not take, and writing goes on when there is room again.
 *
 * <p>The file is opened anew when it is not at its path any more, looked at once a second, or when {@link #reopen} says
 * so: who rotates it just renames it. Any thread. One log may serve many vhosts; whoever made it closes it.
 */
public final class AccessLog implements VhostOption, AutoCloseable {
    static final int MAX_WAITING = 8192;
    private static final int MAX_END_SECONDS = 5;
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
    /** Lines that the file may not have yet. */
    private int unflushed;

    private boolean failing;

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
            throw new IllegalArgumentException("access log " + file + " cannot be opened: " + e.getMessage(), e);
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

    /** Writes what waits and closes the file; a disk that does not take it is not waited for. */
    @Override
    public void close() {
        try {
            if (waiting.offer(Order.END, MAX_END_SECONDS, TimeUnit.SECONDS)) {
                thread.join(TimeUnit.SECONDS.toMillis(MAX_END_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(file.toString(), "the disk does not take what waits; not waiting for it");
            thread.interrupt();
        }
    }

    private void writeLines() {
        try {
            for (Object next = waiting.take(); next != Order.END; next = waiting.take()) {
                if (next instanceof String line) {
                    write(line);
                }
                if (waiting.isEmpty()) {
                    flushLines();
                }
                if (next instanceof CountDownLatch written) {
                    written.countDown();
                }
            }
            flushLines();
        } catch (InterruptedException e) {
            LOG.warn(file.toString(), "the access log ends with " + waiting.size() + " lines unwritten");
        } finally {
            closeFile();
        }
    }

    private void write(String line) {
        try {
            Writer to = openedNow();
            if (to == null) {
                dropped.incrementAndGet();
            } else {
                unflushed++;
                to.write(line);
                to.write('\n');
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    private void flushLines() {
        try {
            Writer to = out;
            if (to != null && unflushed > 0) {
                to.flush();
                unflushed = 0;
                if (failing) {
                    failing = false;
                    LOG.info(file.toString(), "lines are written again; so far " + dropped + " were not");
                }
            }
        } catch (IOException e) {
            lost(e);
        }
    }

    /** A full disk, or whatever it is, may pass: the file is tried anew in a second. Told once until then. */
    private void lost(IOException why) {
        dropped.addAndGet(Math.max(1, unflushed));
        if (!failing) {
            failing = true;
            LOG.warn(file.toString(), "lines of the access log are lost: " + why.getMessage());
        }
        closeFile();
        lookedNs = System.nanoTime();
    }

    /** The file at the path, looked at once a second; {@code null} while it cannot be written. */
    private @Nullable Writer openedNow() throws IOException {
        long nowNs = System.nanoTime();
        if (reopen || nowNs - lookedNs > LOOK_NS) {
            lookedNs = nowNs;
            if (reopen || fileKey == null || !fileKey.equals(keyAtPath())) {
                reopen = false;
                open();
            }
        }
        return out;
    }

    private void open() throws IOException {
        flushLines();
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
        boolean whole = unflushed == 0;
        out = null;
        fileKey = null;
        unflushed = 0;
        try {
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            if (whole) { // else it has been told
                LOG.warn(file.toString(), "closing it: " + e.getMessage());
            }
        }
    }

    @Override
    public String toString() {
        return "AccessLog " + file;
    }
}
