package io.lws.http.files;

import io.lws.http.Mount;
import io.lws.http.files.Resolution.Found;
import io.lws.loop.EventLoop;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files a mount has served lately on one loop, so that a file asked for often costs no system call but those that
 * send it. Each is looked at again in the file system once it has not been for {@value #FRESH_NS} ns, when it is asked
 * for: a change is seen after a second at most. Bounded by {@value #MAX_FILES} files, {@value #MAX_OPEN_FILES} of them
 * open, and {@value #MAX_MEMORY_BYTES} bytes of content; the one not asked for longest goes first.
 */
final class FileCache {
    static final long FRESH_NS = 1_000_000_000L;
    static final int MAX_FILES = 256;
    static final int MAX_OPEN_FILES = 32;
    static final int MAX_MEMORY_BYTES = 4 << 20;

    /** Longer paths are served, but not kept. */
    private static final int MAX_PATH_CHARS = 256;

    private final Mount mount;
    private final Map<String, Entry> byPath = new LinkedHashMap<>(64, 0.75f, true);
    private int openFiles;
    private int memoryBytes;

    /** What is known of a path, and since when. */
    private static final class Entry {
        final ServedFile file;
        long checkedNs;

        Entry(ServedFile file, long checkedNs) {
            this.file = file;
            this.checkedNs = checkedNs;
        }
    }

    FileCache(Mount mount) {
        this.mount = mount;
    }

    /** The file of that path if it is known and fresh; asks nobody and allocates nothing. */
    @Nullable
    ServedFile fresh(String path, long nowNs) {
        Entry entry = byPath.get(path);
        return entry != null && nowNs - entry.checkedNs < FRESH_NS ? entry.file : null;
    }

    /** The file that a path was just found to be, opened again only if it is another one than before. */
    ServedFile found(String path, Found found, EventLoop loop) throws IOException {
        long nowNs = loop.nowNs();
        Entry entry = byPath.get(path);
        if (entry != null && entry.file.found.equals(found)) {
            entry.checkedNs = nowNs;
            return entry.file;
        }
        forget(path);
        ServedFile file = ServedFile.open(found, mount, loop.poller());
        if (path.length() <= MAX_PATH_CHARS) {
            add(path, file, nowNs);
        }
        return file;
    }

    /** What a path is known to be is not so any more. */
    void forget(String path) {
        Entry entry = byPath.remove(path);
        if (entry != null) {
            leave(entry.file);
        }
    }

    /** Whether {@code file}, served from the path, is kept; the caller discards it after use if not. */
    boolean keeps(String path, ServedFile file) {
        Entry entry = byPath.get(path);
        return entry != null && entry.file == file;
    }

    void clear() {
        byPath.values().forEach(entry -> leave(entry.file));
        byPath.clear();
    }

    int files() {
        return byPath.size();
    }

    private void add(String path, ServedFile file, long nowNs) {
        byPath.put(path, new Entry(file, nowNs));
        memoryBytes += file.memoryBytes();
        openFiles += file.content == null ? 1 : 0;
        Iterator<Entry> oldestFirst = byPath.values().iterator();
        while (byPath.size() > MAX_FILES || openFiles > MAX_OPEN_FILES || memoryBytes > MAX_MEMORY_BYTES) {
            leave(oldestFirst.next().file);
            oldestFirst.remove();
        }
    }

    private void leave(ServedFile file) {
        memoryBytes -= file.memoryBytes();
        openFiles -= file.content == null ? 1 : 0;
        file.discard();
    }
}
