package io.lws.http.files;

import io.lws.http.EntityTag;
import io.lws.http.Mount;
import io.lws.http.UriPath;
import io.lws.http.coding.ContentCoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file a request for a file mount means. Rules, in this order:
 *
 * <ul>
 *   <li>Segments that begin with a dot are not found, except {@code .well-known}: what is hidden from {@code ls} is
 * hidden here.
 *   <li>Every symbolic link is followed, and the file must then lie under the root; a link that leads outside is not
 *       found. The root itself may be a link; it is followed once, when the resolver is made.
 *   <li>A directory asked for with a slash is its index file; without, a redirect to the same path with a slash.
 *   <li>Only regular files are served: no device, pipe or socket.
 * </ul>
 *
 * <p>Whoever can write under the root while a request runs is trusted. Any thread; each call asks the file system.
 */
public final class FileResolver {
    private static final String ALLOWED_DOT_SEGMENT = ".well-known";

    /** A checkout writes files in any order. */
    private static final long SAME_TIME_MILLIS = 2000;

    private static final List<ContentCoding> BEFOREHAND = List.of(ContentCoding.BROTLI, ContentCoding.GZIP);

    private final Mount mount;
    private final Path root;

    /** {@link IllegalArgumentException} when the mount's origin is not a directory now. */
    public FileResolver(Mount mount) {
        this.mount = mount;
        try {
            root = mount.origin().toRealPath();
        } catch (IOException e) {
            throw new IllegalArgumentException("origin of mount " + mount + " cannot be read", e);
        }
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException("origin of mount " + mount + " is not a directory");
        }
    }

    /** What a decoded, normalised path that the mount serves stands for. */
    public Resolution resolve(String path) {
        String below = mount.remainder(path);
        if (hasHiddenSegment(below)) {
            return Resolution.NotFound.INSTANCE;
        }
        try {
            Path file = root.resolve(below.isEmpty() ? "" : below.substring(1)).toRealPath();
            return file.startsWith(root) ? existing(file, path) : Resolution.NotFound.INSTANCE;
        } catch (IOException | InvalidPathException e) {
            return Resolution.NotFound.INSTANCE; // absent, unreadable or unnameable: the same to a client
        }
    }

    private Resolution existing(Path file, String path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            return path.endsWith("/") ? index(file) : new Resolution.Redirect(directoryLocation(path));
        }
        // "file.txt/" names a directory that is not there; Path.resolve would forget the slash
        return path.endsWith("/") ? Resolution.NotFound.INSTANCE : regular(file, attributes, path);
    }

    private Resolution index(Path directory) throws IOException {
        if (mount.index().isEmpty()) {
            return Resolution.NotFound.INSTANCE;
        }
        Path file = directory.resolve(mount.index()).toRealPath();
        return file.startsWith(root)
                ? regular(file, Files.readAttributes(file, BasicFileAttributes.class), mount.index())
                : Resolution.NotFound.INSTANCE;
    }

    /** The type goes by the name that was asked for, not by what a link of that name points to. */
    private Resolution regular(Path file, BasicFileAttributes attributes, String askedFor) {
        if (!attributes.isRegularFile()) {
            return Resolution.NotFound.INSTANCE;
        }
        long modifiedMillis = attributes.lastModifiedTime().toMillis();
        String contentType = mount.mimeTypes().ofFileName(askedFor);
        return new Resolution.Found(
                file,
                attributes.size(),
                Math.floorDiv(modifiedMillis, 1000L),
                EntityTag.ofFile(attributes.size(), modifiedMillis),
                contentType,
                null,
                mount.isPrecompressed() ? compressed(file, modifiedMillis, contentType) : List.of());
    }

    /** What lies beside a file under its name with a suffix; one that is older than the file is of an earlier one. */
    private List<Resolution.Found> compressed(Path file, long modifiedMillis, String contentType) {
        List<Resolution.Found> found = new ArrayList<>();
        for (ContentCoding coding : BEFOREHAND) {
            Resolution.Found beside = compressed(file, modifiedMillis, contentType, coding);
            if (beside != null) {
                found.add(beside);
            }
        }
        return List.copyOf(found);
    }

    private Resolution.@Nullable Found compressed(
            Path file, long modifiedMillis, String contentType, ContentCoding coding) {
        try {
            Path beside =
                    file.resolveSibling(file.getFileName() + coding.suffix()).toRealPath();
            BasicFileAttributes about = Files.readAttributes(beside, BasicFileAttributes.class);
            long besideMillis = about.lastModifiedTime().toMillis();
            if (!beside.startsWith(root)
                    || !about.isRegularFile()
                    || besideMillis + SAME_TIME_MILLIS < modifiedMillis) {
                return null;
            }
            String tag = Long.toHexString(besideMillis) + '-' + Long.toHexString(about.size()) + '-' + coding.token();
            return new Resolution.Found(
                    beside,
                    about.size(),
                    Math.floorDiv(besideMillis, 1000L),
                    EntityTag.strong(tag),
                    contentType,
                    coding,
                    List.of());
        } catch (IOException e) {
            return null;
        }
    }

    /** A normalised path has one slash in front, so this never names another host ({@code //host/}). */
    static String directoryLocation(String path) {
        return UriPath.encode(path) + "/";
    }

    static boolean hasHiddenSegment(String below) {
        int at = below.indexOf("/.");
        while (at >= 0) {
            int end = at + 1 + ALLOWED_DOT_SEGMENT.length();
            boolean wellKnown = below.startsWith(ALLOWED_DOT_SEGMENT, at + 1);
            if (!wellKnown || end < below.length() && below.charAt(end) != '/') {
                return true;
            }
            at = below.indexOf("/.", at + 1);
        }
        return false;
    }
}
