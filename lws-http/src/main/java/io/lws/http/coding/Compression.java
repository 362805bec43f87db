package io.lws.http.coding;

import io.lws.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which answers are compressed on the way out, and how. Immutable.
 *
 * @param codings offered, the best first; {@link ContentCoding#BROTLI} only where a {@link CodingProvider} has it
 * @param level 1 (fast) to 9 (small)
 * @param minBytes content known to be shorter is left alone
 */
public record Compression(List<ContentCoding> codings, int level, int minBytes) {
    private static final int LEVEL = 5;
    private static final int MIN_BYTES = 256;

    public Compression {
        codings = List.copyOf(codings);
        if (codings.isEmpty()) {
            throw new IllegalArgumentException("no coding to compress by");
        }
        if (codings.contains(ContentCoding.BROTLI) && CodingProvider.brotli() == null) {
            throw new IllegalArgumentException("compressing by brotli needs a module that can, such as lws-brotli");
        }
        if (level < 1 || level > 9 || minBytes < 0) {
            throw new IllegalArgumentException("level " + level + ", minBytes " + minBytes);
        }
    }

    public static Compression of(List<ContentCoding> codings) {
        return new Compression(codings, LEVEL, MIN_BYTES);
    }

    /** By all that are there: brotli where a module brings it, gzip, deflate. */
    public static Compression standard() {
        List<ContentCoding> all = new ArrayList<>();
        if (CodingProvider.brotli() != null) {
            all.add(ContentCoding.BROTLI);
        }
        all.addAll(List.of(ContentCoding.GZIP, ContentCoding.DEFLATE));
        return of(all);
    }

    /** For one message, by a coding that was chosen here. */
    public ContentEncoder encoder(ContentCoding coding) {
        CodingProvider brotli = CodingProvider.brotli();
        if (coding != ContentCoding.BROTLI) {
            return new DeflateEncoder(coding, level);
        }
        if (brotli == null) {
            throw new IllegalStateException("brotli is not at hand");
        }
        return brotli.encoder(level);
    }

    /** Whether an answer with these fields varies by what the client takes: its type can be made smaller. */
    public boolean suits(Headers headers) {
        String type = headers.get("content-type");
        String cache = headers.get("cache-control");
        return type != null
                && isCompressible(type)
                && headers.get("content-encoding") == null
                && headers.get("content-range") == null
                && (cache == null || !cache.contains("no-transform"));
    }

    /** A coding for this client, or null. */
    public @Nullable ContentCoding choose(@Nullable String acceptEncoding) {
        return AcceptEncoding.choose(acceptEncoding, codings);
    }

    /** Text, by its media type; an event stream is not, whose events must not wait for each other. */
    static boolean isCompressible(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (type.startsWith("text/")) {
            return !type.equals("text/event-stream");
        }
        return switch (type) {
            case "application/json",
                    "application/javascript",
                    "application/xml",
                    "application/wasm",
                    "application/rtf",
                    "application/manifest+json",
                    "application/ld+json",
                    "application/xhtml+xml",
                    "image/svg+xml",
                    "image/bmp",
                    "font/ttf",
                    "font/otf",
                    "application/vnd.ms-fontobject" -> true;
            default -> type.endsWith("+json") || type.endsWith("+xml");
        };
    }
}
