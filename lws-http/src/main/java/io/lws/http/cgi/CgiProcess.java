package io.lws.http.cgi;

import io.lws.Log;
import io.lws.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The side of a run that waits: three threads, one a pipe. Each queue holds a few pieces; who fills one faster than it is
 * emptied waits, or has the loop wait.
 */
final class CgiProcess {
    /** What the loop is told; called on threads of this class. */
    interface Listener {
        /** The header is there; output follows in {@link #output}. */
        void onHeader(CgiHeader header);

        /** There is output to poll, or its end. */
        void onOutput();

        /** There is room for input again. */
        void onRoom();

        /** It could not be started, or printed no header. */
        void onFailure(String why);
    }

    private static final String SETSID = "/usr/bin/setsid";
    private static final boolean CAN_GROUP = Files.isExecutable(Path.of(SETSID));
    static final byte[] END = {};
    static final int PIECE_BYTES = 16 << 10;
    static final int MAX_PIECES = 4;
    private static final int MAX_LOGGED_LINES = 200;
    private static final int MAX_LOGGED_CHARS = 500;
    private static final Log LOG = Log.of("lws.http.cgi");
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "lws cgi");
        thread.setDaemon(true);
        return thread;
    });

    final LinkedBlockingQueue<byte[]> output = new LinkedBlockingQueue<>(MAX_PIECES);
    final LinkedBlockingQueue<byte[]> input = new LinkedBlockingQueue<>();
    private final String tag;
    private final Listener listener;
    private final Semaphore places;
    private @Nullable Process process;
    private boolean killed;
    private boolean groupEnded;

    /** {@code places} has one more permit once the process is gone. */
    CgiProcess(String tag, Listener listener, Semaphore places) {
        this.tag = tag;
        this.listener = listener;
        this.places = places;
    }

    void start(ProcessBuilder command, CgiHeader header, long timeoutNs) {
        THREADS.execute(() -> {
            try {
                run(command, header, timeoutNs);
            } finally {
                places.release();
            }
        });
    }

    private void run(ProcessBuilder command, CgiHeader header, long timeoutNs) {
        Process started;
        try {
            started = started(command);
        } catch (IOException e) {
            LOG.warn(tag, "cannot be started: " + e.getMessage());
            listener.onFailure("the program cannot be started");
            return;
        }
        THREADS.execute(() -> writeInput(started));
        THREADS.execute(() -> logErrors(started));
        try {
            readOutput(started.getInputStream(), header);
            // it may have closed its output and still be at work
            if (!started.waitFor(timeoutNs, TimeUnit.NANOSECONDS)) {
                LOG.warn(tag, "still runs long after its answer: killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(started);
            input.add(END);
            if (CAN_GROUP && isFirstToEndGroup()) {
                killGroup(started.pid()); // what it has left behind
            }
        }
    }

    private synchronized Process started(ProcessBuilder command) throws IOException {
        if (killed) {
            throw new IOException("not wanted any more");
        }
        if (CAN_GROUP) {
            command.command().add(0, SETSID);
        }
        Process fresh = command.start();
        process = fresh;
        return fresh;
    }

    /** Ends it and all it has started; what it has still to say is not wanted. Any thread. */
    synchronized void kill() {
        killed = true;
        output.clear();
        Process running = process;
        if (running == null) {
            return;
        }
        end(running);
        if (CAN_GROUP && isFirstToEndGroup()) {
            // also those whose parent has gone, which no list of descendants names
            THREADS.execute(() -> killGroup(running.pid()));
        }
    }

    /** Once: afterwards the number of the group may be another one's. */
    private synchronized boolean isFirstToEndGroup() {
        boolean first = !groupEnded;
        groupEnded = true;
        return first;
    }

    private static void end(Process running) {
        if (running.isAlive()) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
    }

    private static void killGroup(long leader) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -KILL -" + leader + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("group " + leader, "cannot be killed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isKilled() {
        return killed;
    }

    private void readOutput(InputStream from, CgiHeader header) throws InterruptedException {
        boolean inHeader = true;
        try (from) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int n = from.read(piece); n >= 0 && !isKilled(); n = from.read(piece)) {
                ByteBuffer read = ByteBuffer.wrap(piece, 0, n);
                if (inHeader && header.read(read)) {
                    inHeader = false;
                    listener.onHeader(header);
                }
                if (!inHeader && read.hasRemaining()) {
                    byte[] content = new byte[read.remaining()];
                    read.get(content);
                    put(content);
                }
            }
        } catch (ProtocolException e) {
            LOG.warn(tag, e.reason());
            listener.onFailure(e.reason());
            return;
        } catch (IOException e) {
            LOG.debug(tag, "its output ends: " + e.getMessage());
        }
        if (inHeader) {
            listener.onFailure("it ended without a header");
        } else {
            put(END);
        }
    }

    /** Waits for room, unless nobody wants it any more. */
    private void put(byte[] piece) throws InterruptedException {
        while (!isKilled() && !output.offer(piece, 50, TimeUnit.MILLISECONDS)) {}
        listener.onOutput();
    }

    private void writeInput(Process to) {
        boolean open = true;
        try (OutputStream in = to.getOutputStream()) {
            for (byte[] next = input.take(); next != END; next = input.take()) {
                if (open) {
                    open = written(in, next);
                }
                listener.onRoom();
            }
        } catch (IOException e) {
            LOG.debug(tag, "its input ends: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A program need not read all it is sent. */
    private boolean written(OutputStream in, byte[] piece) {
        try {
            in.write(piece);
            in.flush();
            return true;
        } catch (IOException e) {
            LOG.debug(tag, "it reads no more: " + e.getMessage());
            return false;
        }
    }

    private void logErrors(Process of) {
        StringBuilder line = new StringBuilder();
        int lines = 0;
        try (InputStream errors = of.getErrorStream()) {
            byte[] piece = new byte[1024];
            for (int n = errors.read(piece); n >= 0; n = errors.read(piece)) {
                for (char c : new String(piece, 0, n, StandardCharsets.ISO_8859_1).toCharArray()) {
                    if (c != '\n' && line.length() < MAX_LOGGED_CHARS) {
                        line.append(c);
                    } else if (lines < MAX_LOGGED_LINES) {
                        lines++;
                        LOG.warn(tag, "stderr: " + line);
                        line.setLength(0);
                    } else {
                        line.setLength(0);
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug(tag, "its errors end: " + e.getMessage());
        }
        if (line.length() > 0) {
            LOG.warn(tag, "stderr: " + line);
        }
    }
}
