package io.lws.http.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip file that several answers may be sent from at once; closed with its last user. One loop's thread. */
final class OpenArchive {
    final ZipFile zip;
    private final String state;
    private int users = 1;

    private OpenArchive(ZipFile zip, String state) {
        this.zip = zip;
        this.state = state;
    }

    /** The caller is the first user. */
    static OpenArchive open(Path file) throws IOException {
        String state = state(file);
        return new OpenArchive(new ZipFile(file.toFile()), state);
    }

    private static String state(Path file) throws IOException {
        BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
        return about.size() + " " + about.lastModifiedTime() + " " + about.fileKey();
    }

    /** Whether what is at that path now is this one. */
    boolean isStill(Path file) {
        try {
            return state.equals(state(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** The regular entry of that name, or null. */
    @Nullable
    ZipEntry entry(String name) {
        ZipEntry entry = name.isEmpty() ? null : zip.getEntry(name);
        return entry == null || entry.isDirectory() || entry.getSize() < 0 ? null : entry;
    }

    OpenArchive use() {
        users++;
        return this;
    }

    void release() {
        if (--users == 0) {
            try {
                zip.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
