package io.lws.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive in memory (PKWARE's APPNOTE, 4.3): its directory is read at once, what it holds is unpacked when it is
 * asked for. The JDK reads one in memory only from end to end, unpacking everything. Immutable; keeps the array it is given.
 */
final class ZipArchive {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int MAX_COMMENT_BYTES = 0xffff;
    /** More take an extension (zip64), which no plugin needs. */
    private static final int MAX_ENTRIES = 0xffff;

    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final byte[] bytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @throws ZipException for what is none, or has a directory that does not hold together */
    ZipArchive(byte[] bytes) throws ZipException {
        this.bytes = bytes;
        int end = end();
        long directoryBytes = number(end + 12);
        long before = end - directoryBytes - number(end + 16); // what was put in front of the archive
        int at = checked(end - directoryBytes, 0);
        while (at < end && entries.size() <= MAX_ENTRIES) {
            at = readEntry(at, before);
        }
        if (at != end) {
            throw broken();
        }
    }

    /** One file or directory. {@code start}: of its local header. */
    record Entry(String name, int method, long crc, int packedBytes, int contentBytes, int start) {
        boolean isDirectory() {
            return name.endsWith("/");
        }
    }

    /** The last one there is, in front of at most a comment. */
    private int end() throws ZipException {
        int last = bytes.length - END_BYTES;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT_BYTES); at--) {
            if (bytes[at] == 'P' && number(at) == END_SIGNATURE && at + END_BYTES + half(at + 20) == bytes.length) {
                return at;
            }
        }
        throw new ZipException("is not a jar: it has no directory at its end");
    }

    private int readEntry(int at, long before) throws ZipException {
        checked(at, ENTRY_BYTES);
        if (number(at) != ENTRY_SIGNATURE) {
            throw broken();
        }
        int nameBytes = half(at + 28);
        int next = checked(at + (long) ENTRY_BYTES + nameBytes + half(at + 30) + half(at + 32), 0);
        String name = new String(bytes, at + ENTRY_BYTES, nameBytes, StandardCharsets.UTF_8);
        Entry entry = new Entry(
                name,
                half(at + 10),
                number(at + 16),
                checked(number(at + 20), 0),
                (int) Math.min(Integer.MAX_VALUE, number(at + 24)),
                checked(before + number(at + 42), LOCAL_BYTES));
        entries.putIfAbsent(name, entry);
        return next;
    }

    /** The first of each name, in the directory's order. */
    Collection<Entry> entries() {
        return entries.values();
    }

    @Nullable
    Entry entry(String name) {
        return entries.get(name);
    }

    /** Unpacks it into an array of its own. @throws ZipException where it is not what the directory says of it */
    byte[] content(Entry entry) throws ZipException {
        int at = entry.start;
        if (number(at) != LOCAL_SIGNATURE) {
            throw broken();
        }
        int from = checked(at + (long) LOCAL_BYTES + half(at + 26) + half(at + 28), entry.packedBytes);
        byte[] content = new byte[entry.contentBytes];
        if (entry.method == STORED && entry.packedBytes == content.length) {
            System.arraycopy(bytes, from, content, 0, content.length);
        } else if (entry.method != DEFLATED || !inflate(from, entry.packedBytes, content)) {
            throw new ZipException(entry.name + " cannot be unpacked");
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.crc) {
            throw new ZipException(entry.name + " is damaged");
        }
        return content;
    }

    /** Whether that gives just {@code content}, no less and no more. */
    private boolean inflate(int from, int packedBytes, byte[] content) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, from, packedBytes);
            int done = 0;
            while (done < content.length) {
                int more = inflater.inflate(content, done, content.length - done);
                if (more == 0) {
                    return false;
                }
                done += more;
            }
            return inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    /** {@code position} where {@code length} bytes follow it. */
    private int checked(long position, int length) throws ZipException {
        if (position < 0 || position + length > bytes.length) {
            throw broken();
        }
        return (int) position;
    }

    private static ZipException broken() {
        return new ZipException("is broken: its directory leads nowhere");
    }

    private int half(int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    private long number(int at) {
        return half(at) | (long) half(at + 2) << 16;
    }
}
