package io.lws.http.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content of a request. Immutable; all but {@link #streamed} can be sent as often as redirects and challenges ask for.
 */
public final class RequestBody {
    /** Instead of a length: it is not known beforehand, and goes out in chunks. */
    public static final long UNKNOWN_LENGTH = -1;

    /** A stretch of it: bytes, or a whole file. */
    record Piece(byte[] bytes, @Nullable Path file, long lengthBytes) {
        static Piece of(byte[] bytes) {
            return new Piece(bytes, null, bytes.length);
        }

        /** {@link UncheckedIOException} when there is no such file. */
        static Piece of(Path file) {
            try {
                return new Piece(new byte[0], file, Files.size(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String contentType;
    private final @Nullable List<Piece> pieces;
    private final long lengthBytes;

    private RequestBody(String contentType, @Nullable List<Piece> pieces, long lengthBytes) {
        this.contentType = contentType;
        this.pieces = pieces;
        this.lengthBytes = lengthBytes;
    }

    static RequestBody of(String contentType, List<Piece> pieces) {
        long sum = pieces.stream().mapToLong(Piece::lengthBytes).sum();
        return new RequestBody(contentType, List.copyOf(pieces), sum);
    }

    /** All of an array, which is copied. An empty {@code contentType} sends none. */
    public static RequestBody bytes(String contentType, byte[] bytes) {
        return of(contentType, List.of(Piece.of(bytes.clone())));
    }

    /** Text as UTF-8. */
    public static RequestBody text(String contentType, String text) {
        return of(contentType, List.of(Piece.of(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** A file as long as it is now; one that is shorter when it is sent fails the exchange. */
    public static RequestBody file(String contentType, Path file) {
        return of(contentType, List.of(Piece.of(file)));
    }

    /**
     * What the exchange's protocol writes in {@code onWriteable}. It cannot be sent again, so a redirect or a challenge
     * that asks for that fails the exchange.
     *
     * @param lengthBytes that will be written, or {@link #UNKNOWN_LENGTH}
     */
    public static RequestBody streamed(String contentType, long lengthBytes) {
        if (lengthBytes < UNKNOWN_LENGTH) {
            throw new IllegalArgumentException("length " + lengthBytes);
        }
        return new RequestBody(contentType, null, lengthBytes);
    }

    public String contentType() {
        return contentType;
    }

    public long lengthBytes() {
        return lengthBytes;
    }

    /** Null for what a protocol writes. */
    @Nullable
    List<Piece> pieces() {
        return pieces;
    }
}
