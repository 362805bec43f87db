package io.lws.http.cgi;

import io.lws.http.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which program a path means.
 *
 * @param program its canonical path
 * @param scriptName the part of the path that named it (RFC 3875 4.1.13)
 * @param pathInfo the rest (4.1.5)
 */
record CgiScript(Path program, String scriptName, String pathInfo) {

    /** The program a decoded, normalised path on that mount means, or null. */
    static @Nullable CgiScript find(Mount mount, Path origin, String path) {
        String below = mount.remainder(path);
        String at = mount.mountpoint().equals("/") ? "" : mount.mountpoint();
        if (!Files.isDirectory(origin)) {
            return new CgiScript(origin, at, below);
        }
        int end = 0;
        while (end < below.length()) {
            int slash = below.indexOf('/', end + 1);
            end = slash < 0 ? below.length() : slash;
            if (below.startsWith("/.", below.lastIndexOf('/', end - 1))) {
                return null;
            }
            Path found = inside(origin, below.substring(1, end));
            if (found == null) {
                return null;
            }
            if (Files.isRegularFile(found)) {
                return Files.isExecutable(found)
                        ? new CgiScript(found, at + below.substring(0, end), below.substring(end))
                        : null;
            }
        }
        return null;
    }

    private static @Nullable Path inside(Path root, String name) {
        try {
            Path found = root.resolve(name).toRealPath();
            return found.startsWith(root) ? found : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
