package io.lws.mqtt.store;

import io.lws.Log;
import io.lws.mqtt.packet.FilePayload;
import io.lws.mqtt.packet.MqttMessage;
import io.lws.mqtt.packet.PayloadSource;
import io.lws.mqtt.store.JournalRecord.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Survives the death of the process at any instant: a journal that is only appended to, each line with its length and
 * checksum. A line that was never finished is cut off at the next start; what stands behind a line that was damaged later
 * is moved to a file beside it that ends in {@code .damaged}. When most of the journal is of the past it is
 * written anew beside the old one, which is replaced in one step.
 */
public final class FileInFlightStore implements InFlightStore {
    private static final Log LOG = Log.of("lws.mqtt.store");
    private static final byte[] MAGIC = {'l', 'w', 's', 'm', 'q', 't', 't', 1};
    private static final long COMPACT_ABOVE_BYTES = 4 << 20;

    /** When a fact counts as kept. */
    public enum Durability {
        /** Once the system has it: survives the process, not a power cut. */
        PROCESS,
        /** Once the disk has it. Each fact waits for the disk. */
        POWER
    }

    private final Path file;
    private final Durability durability;
    private final JournalRecord records = new JournalRecord();
    private final MemoryInFlightStore state = new MemoryInFlightStore();
    private final FileChannel lockChannel;
    private FileChannel journal;
    private long journalBytes;
    private long compactAboveBytes;

    private FileInFlightStore(Path file, Durability durability, FileChannel lockChannel, FileChannel journal) {
        this.file = file;
        this.durability = durability;
        this.lockChannel = lockChannel;
        this.journal = journal;
        this.compactAboveBytes = COMPACT_ABOVE_BYTES;
    }

    /**
     * Opens {@code file}, or makes it. A second opening, also by another process, is refused while the first is in use;
     * the mark for that is a file beside it that ends in {@code .lock}.
     *
     * @throws UncheckedIOException also when the file is something else than a journal
     */
    public static FileInFlightStore open(Path file, Durability durability) {
        FileChannel lock = null;
        FileChannel journal = null;
        try {
            lock = lock(file);
            Files.deleteIfExists(beside(file, ".new"));
            journal = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileInFlightStore store = new FileInFlightStore(file, durability, lock, journal);
            store.recover();
            return store;
        } catch (IOException e) {
            closeQuietly(journal);
            closeQuietly(lock);
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            closeQuietly(journal);
            closeQuietly(lock);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(beside(file, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("in use by another session");
        }
        return channel;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    // ---- recovery

    private void recover() throws IOException {
        long sizeBytes = journal.size();
        if (sizeBytes > Integer.MAX_VALUE) {
            throw new IOException("a journal of " + sizeBytes + " bytes");
        }
        ByteBuffer all = ByteBuffer.wrap(new byte[(int) sizeBytes]);
        int n;
        do {
            n = journal.read(all, all.position());
        } while (n > 0);
        all.flip();
        readHead(all);
        replay(all);
        cutTail(all);
    }

    /** A file that ends within the magic was being made when the process ended. */
    private void readHead(ByteBuffer all) throws IOException {
        int there = Math.min(all.remaining(), MAGIC.length);
        if (!all.slice(0, there).equals(ByteBuffer.wrap(MAGIC, 0, there))) {
            throw new IOException("not a journal of this store");
        }
        if (there < MAGIC.length) {
            journal.truncate(0);
            write(journal, ByteBuffer.wrap(MAGIC), 0);
            settle(journal);
            all.limit(0);
        } else {
            all.position(MAGIC.length);
        }
        journalBytes = MAGIC.length;
    }

    private void replay(ByteBuffer all) {
        JournalRecord.@Nullable Line line = JournalRecord.read(all);
        while (line != null) {
            apply(line);
            line = JournalRecord.read(all);
        }
    }

    private void apply(JournalRecord.Line line) {
        int id = line.packetId();
        switch (line.kind()) {
            case COUNT -> state.restoreCount(line.count());
            case ACCEPTED -> {
                if (line.message() != null) {
                    state.accepted(id, line.message());
                }
            }
            case ACCEPTED_FILE -> {
                if (line.message() != null && line.payload() != null) {
                    state.accepted(id, line.message(), line.payload());
                }
            }
            case RELEASED -> state.released(id);
            case COMPLETED -> state.completed(id);
            case RECEIVED -> state.received(id);
            case FORGOTTEN -> state.forgotten(id);
        }
    }

    private void cutTail(ByteBuffer all) throws IOException {
        if (all.hasRemaining()) {
            if (hasLines(all.slice())) {
                keepDamaged(all.slice());
            } else {
                LOG.warn(file.toString(), "the last " + all.remaining() + " bytes were never finished; cut off");
            }
            journal.truncate(all.position());
        }
        journalBytes = Math.max(MAGIC.length, all.position());
    }

    /** A line that was never finished is the last; whole ones behind it say that the file was damaged. */
    private static boolean hasLines(ByteBuffer rest) {
        for (int at = 1; at + JournalRecord.HEAD_BYTES < rest.limit(); at++) {
            if (JournalRecord.read(rest.position(at)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Nothing of it can be trusted, since what stood before it is missing; nothing of it is destroyed either. */
    private void keepDamaged(ByteBuffer rest) throws IOException {
        Path kept = beside(file, ".damaged");
        LOG.warn(file.toString(), rest.remaining() + " bytes behind a damaged line are moved to " + kept);
        try (FileChannel channel = FileChannel.open(kept, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(channel, rest, channel.size());
            channel.force(true);
        }
    }

    // ---- facts

    @Override
    public Kept load() {
        if (!journal.isOpen()) {
            throw new IllegalStateException(file + ": the store is closed");
        }
        return state.load();
    }

    @Override
    public void accepted(int packetId, MqttMessage message) {
        append(records.accepted(packetId, message));
        state.accepted(packetId, message);
        compactIfWorthIt();
    }

    /** Of a file: the journal has its name. It must stay as it is until the message is done, over a restart too. */
    @Override
    public void accepted(int packetId, MqttMessage message, PayloadSource payload) {
        if (!(payload instanceof FilePayload inFile)) {
            throw new IllegalArgumentException("after a restart only a file can be read again");
        }
        append(records.accepted(packetId, message, inFile));
        state.accepted(packetId, message, inFile);
        compactIfWorthIt();
    }

    @Override
    public void released(int packetId) {
        append(records.plain(Kind.RELEASED, packetId));
        state.released(packetId);
    }

    @Override
    public void completed(int packetId) {
        append(records.plain(Kind.COMPLETED, packetId));
        state.completed(packetId);
    }

    @Override
    public void received(int packetId) {
        append(records.plain(Kind.RECEIVED, packetId));
        state.received(packetId);
    }

    @Override
    public void forgotten(int packetId) {
        append(records.plain(Kind.FORGOTTEN, packetId));
        state.forgotten(packetId);
        compactIfWorthIt();
    }

    @Override
    public long acceptedCount() {
        return state.acceptedCount();
    }

    private void append(ByteBuffer line) {
        try {
            journalBytes += write(journal, line, journalBytes);
            if (durability == Durability.POWER) {
                journal.force(false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private static int write(FileChannel to, ByteBuffer bytes, long position) throws IOException {
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            to.write(bytes, position + length - bytes.remaining());
        }
        return length;
    }

    // ---- compaction

    /** The fact before it is kept whatever comes of this: a full disk is no reason to take that back. */
    private void compactIfWorthIt() {
        if (journalBytes > compactAboveBytes) {
            compact();
        }
    }

    /** Replaces the journal by one that holds only what still matters; where that fails, this one goes on. */
    void compact() {
        Path fresh = beside(file, ".new");
        FileChannel next = null;
        try {
            next = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            long bytes = writeState(next);
            next.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FileChannel old = journal;
            journal = next;
            journalBytes = bytes;
            compactAboveBytes = Math.max(COMPACT_ABOVE_BYTES, 4 * bytes);
            next = null;
            closeQuietly(old);
            settle(journal);
        } catch (IOException e) {
            closeQuietly(next);
            compactAboveBytes = Math.max(compactAboveBytes, 2 * journalBytes);
            LOG.warn(file.toString(), "cannot be written anew, it grows on: " + e);
        }
    }

    /** Makes the name of a new file as lasting as its content has to be. */
    private void settle(FileChannel made) throws IOException {
        if (durability == Durability.POWER) {
            made.force(true);
            try (FileChannel directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
                directory.force(true);
            } catch (IOException e) {
                LOG.warn(file.toString(), "a directory cannot be waited for here: " + e);
            }
        }
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private long writeState(FileChannel to) throws IOException {
        Kept kept = state.load();
        long at = write(to, ByteBuffer.wrap(MAGIC), 0);
        for (Outgoing each : kept.outgoing()) {
            at += write(to, acceptedAgain(each), at);
            if (each.stage() == Stage.RELEASED) {
                at += write(to, records.plain(Kind.RELEASED, each.packetId()), at);
            }
        }
        for (int each : kept.received()) {
            at += write(to, records.plain(Kind.RECEIVED, each), at);
        }
        return at + write(to, records.count(state.acceptedCount()), at);
    }

    private ByteBuffer acceptedAgain(Outgoing one) {
        return one.payload() instanceof FilePayload inFile
                ? records.accepted(one.packetId(), one.message(), inFile)
                : records.accepted(one.packetId(), one.message());
    }

    @Override
    public void close() {
        closeQuietly(journal);
        closeQuietly(lockChannel);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.warn("store", "closing: " + e.getMessage());
        }
    }
}
