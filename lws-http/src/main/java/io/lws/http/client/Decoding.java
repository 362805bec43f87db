package io.lws.http.client;

import io.lws.http.HttpResponse;
import io.lws.http.client.HttpClientException.Reason;
import io.lws.http.coding.CodingProvider;
import io.lws.http.coding.ContentDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** The decoded content of a response, piece by piece and no faster than it is wanted. Its exchange's loop. */
final class Decoding {
    private static final int PIECE_BYTES = 32 << 10;

    /** So little may come of anything. */
    private static final long HARMLESS_BYTES = 1 << 20;

    private final ContentDecoder decoder;
    private final long inflation;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    private ByteBuffer in = ByteBuffer.allocate(0);
    private long encodedBytes;
    private long decodedBytes;
    private boolean working;

    private Decoding(ContentDecoder decoder, long inflation) {
        this.decoder = decoder;
        this.inflation = inflation;
    }

    /** What is offered to origins. */
    static String offered() {
        return CodingProvider.brotli() == null ? "gzip, deflate" : "gzip, deflate, br";
    }

    /** For the codings the response names; null when there are none, or some that are not known here. */
    static @Nullable Decoding of(HttpResponse response, long inflation) {
        List<String> codings = new ArrayList<>();
        for (String line : response.headers("content-encoding")) {
            for (String each : line.toLowerCase(Locale.ROOT).split(",")) {
                codings.add(each.strip());
            }
        }
        if (codings.size() != 1) {
            return null;
        }
        return switch (codings.get(0)) {
            case "gzip", "x-gzip" -> new Decoding(Inflation.gzip(), inflation);
            case "deflate" -> new Decoding(Inflation.deflate(), inflation);
            case "br" -> brotli(inflation);
            default -> null;
        };
    }

    private static @Nullable Decoding brotli(long inflation) {
        CodingProvider provider = CodingProvider.brotli();
        return provider == null ? null : new Decoding(provider.decoder(), inflation);
    }

    /** Decodes {@code content}, and keeps what is not wanted yet. */
    void take(ByteBuffer content, BooleanSupplier wanted, Consumer<ByteBuffer> to) throws HttpClientException {
        encodedBytes += content.remaining();
        in = content;
        goOn(wanted, to);
        if (in.hasRemaining()) {
            in = ByteBuffer.allocate(in.remaining()).put(in).flip();
        }
    }

    /** Gives on while it is wanted. Asked for from within {@code to} it does nothing: that goes on by itself. */
    void goOn(BooleanSupplier wanted, Consumer<ByteBuffer> to) throws HttpClientException {
        if (working) {
            return;
        }
        working = true;
        try {
            while (wanted.getAsBoolean()) {
                decoder.decode(in, piece.clear());
                decodedBytes += piece.position();
                if (decodedBytes > HARMLESS_BYTES && decodedBytes / inflation > encodedBytes) {
                    throw new HttpClientException(
                            Reason.DECODING, "content inflates more than " + inflation + " times");
                }
                if (piece.position() == 0) {
                    return;
                }
                to.accept(piece.flip());
            }
        } catch (DataFormatException e) {
            throw new HttpClientException(Reason.DECODING, "content does not decode: " + e.getMessage(), e);
        } finally {
            working = false;
        }
    }

    /** The content is over. */
    void end() throws HttpClientException {
        if (!decoder.isDone() && encodedBytes > 0) {
            throw new HttpClientException(Reason.DECODING, "encoded content ends too early");
        }
    }

    void close() {
        decoder.close();
    }
}
