package io.lws.lwsws;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Paths in a configuration: relative ones start at the configuration directory. */
final class Paths {
    private Paths() {}

    static @Nullable Path path(Value value, String text, Path base) {
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException e) {
            value.problem("\"" + text + "\" is no path");
            return null;
        }
    }

    /** As {@link #path(Value, String, Path)} of the whole value. */
    static @Nullable Path path(Value value, Path base) {
        String text = value.nonEmptyText();
        return text == null ? null : path(value, text, base);
    }

    /** A file that is there and can be read; reports what is not. */
    static boolean isFile(Value value, Path file) {
        if (!Files.isRegularFile(file)) {
            value.problem("there is no file " + file);
            return false;
        }
        if (!Files.isReadable(file)) {
            value.problem("file " + file + " cannot be read");
            return false;
        }
        return true;
    }

    /** As {@link #directory(Value, String, Path)} of the whole value. */
    static @Nullable Path directory(Value value, Path base) {
        String text = value.nonEmptyText();
        return text == null ? null : directory(value, text, base);
    }

    /** A directory that is there and can be read, or {@code null} after the problem has been reported. */
    static @Nullable Path directory(Value value, String text, Path base) {
        Path directory = path(value, text, base);
        if (directory == null) {
            return null;
        }
        if (!Files.isDirectory(directory)) {
            value.problem("there is no directory " + directory);
            return null;
        }
        if (!Files.isReadable(directory)) {
            value.problem("directory " + directory + " cannot be read");
            return null;
        }
        return directory;
    }
}
