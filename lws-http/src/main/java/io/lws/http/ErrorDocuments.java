package io.lws.http;

import io.lws.VhostOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one's own for error answers (lws: error-document-404). Read once, when made. They stand in for the built-in
 * page wherever {@link HttpTransaction#respondError} is used, by the library as well. Immutable.
 */
public final class ErrorDocuments implements VhostOption {
    static final ErrorDocuments NONE = new ErrorDocuments(Map.of());
    private static final int MAX_BYTES = 1 << 20;

    private final Map<Integer, Page> pages;

    /** A page and its type. */
    record Page(String contentType, byte[] content) {}

    private ErrorDocuments(Map<Integer, Page> pages) {
        this.pages = pages;
    }

    public static ErrorDocuments of(int status, Path file) {
        return NONE.and(status, file);
    }

    /** One more; {@link UncheckedIOException} when the file cannot be read. */
    public ErrorDocuments and(int status, Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "error document " + file + " is longer than " + MAX_BYTES + " bytes");
            }
            return and(status, MimeTypes.STANDARD.ofFileName(file.toString()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("error document " + file, e);
        }
    }

    /** One more, from memory. */
    public ErrorDocuments and(int status, String contentType, byte[] content) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error: " + status);
        }
        Map<Integer, Page> more = new HashMap<>(pages);
        more.put(status, new Page(contentType, content.clone()));
        return new ErrorDocuments(Map.copyOf(more));
    }

    @Nullable
    Page page(int status) {
        return pages.get(status);
    }
}
