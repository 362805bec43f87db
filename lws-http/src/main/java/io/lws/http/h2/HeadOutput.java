package io.lws.http.h2;

import io.lws.http.Headers;
import io.lws.http.HttpStatus;
import io.lws.http.hpack.HpackEncoder;
import io.lws.http.hpack.HpackEncoder.Keeping;
import io.lws.http.wire.WireRequest;
import io.lws.net.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Heads of one connection as HEADERS frames, with CONTINUATION where one is not enough. */
final class HeadOutput {
    /** Room for what every head has besides its own fields: status, date, length, a policy. */
    private static final int OWN_BYTES = 256;

    private static final int LINE_BYTES = HpackEncoder.FIELD_OVERHEAD_BYTES - ": \r\n".length();

    private final Connection connection;
    private final H2Loop shared;
    private final HpackEncoder encoder;

    HeadOutput(Connection connection, H2Loop shared, int tableBytes) {
        this.connection = connection;
        this.shared = shared;
        encoder = new HpackEncoder(tableBytes);
    }

    void allowTable(long bytes) {
        encoder.allowTable(bytes);
    }

    /** {@code strict} is the value of Strict-Transport-Security; {@code length} is negative where nothing is to be said. */
    void answer(
            int streamId,
            int status,
            @Nullable String strict,
            Headers always,
            Headers headers,
            long length,
            boolean end) {
        int maxBytes = OWN_BYTES + (strict == null ? 0 : strict.length()) + maxBytes(always) + maxBytes(headers);
        ByteBuffer out = begin(maxBytes);
        int from = out.position() - H2Frame.HEADER_BYTES;
        encoder.status(status, out);
        if (status >= HttpStatus.OK) {
            encoder.field("date", shared.date(), Keeping.INDEXED, out);
        }
        if (strict != null) {
            encoder.field("strict-transport-security", strict, Keeping.INDEXED, out);
        }
        add(always, out);
        add(headers, out);
        if (length >= 0 && status >= HttpStatus.OK && status != HttpStatus.NO_CONTENT) {
            encoder.contentLength(length, out);
        }
        finish(out, from, streamId, end);
    }

    /** Fields behind the content, which end the stream. */
    void trailers(int streamId, Headers trailers) {
        ByteBuffer out = begin(OWN_BYTES + maxBytes(trailers));
        int from = out.position() - H2Frame.HEADER_BYTES;
        add(trailers, out);
        finish(out, from, streamId, true);
    }

    /** The head of a request; one for an upgrade is an extended CONNECT (RFC 8441 4). */
    void request(int streamId, WireRequest request, boolean end) {
        boolean tunnel = !request.upgrade().isEmpty();
        Headers headers = request.headers();
        int textBytes = request.method().name().length()
                + request.scheme().length()
                + request.authority().length()
                + request.target().length()
                + request.upgrade().length();
        ByteBuffer out = begin(OWN_BYTES + textBytes + maxBytes(headers));
        int from = out.position() - H2Frame.HEADER_BYTES;
        encoder.field(":method", tunnel ? "CONNECT" : request.method().name(), Keeping.INDEXED, out);
        encoder.field(":scheme", request.scheme(), Keeping.INDEXED, out);
        encoder.field(":authority", request.authority(), Keeping.INDEXED, out);
        encoder.field(":path", request.target(), keepingTarget(request), out);
        if (tunnel) {
            encoder.field(":protocol", request.upgrade(), Keeping.INDEXED, out);
        }
        add(headers, out);
        if (request.bodyBytes() >= 0) {
            encoder.contentLength(request.bodyBytes(), out);
        }
        finish(out, from, streamId, end);
    }

    private static int maxBytes(Headers headers) {
        return headers.h1Bytes() + headers.size() * LINE_BYTES;
    }

    private void add(Headers headers, ByteBuffer out) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!ConnectionFields.has(name)) {
                encoder.field(name, headers.value(i), headers.isSecret(i) ? Keeping.NEVER : keeping(name), out);
            }
        }
    }

    private static Keeping keepingTarget(WireRequest request) {
        if (request.targetSecret()) {
            return Keeping.NEVER;
        }
        return request.target().indexOf('?') >= 0 ? Keeping.LITERAL : Keeping.INDEXED;
    }

    private static Keeping keeping(String name) {
        return switch (name) {
            case "authorization", "proxy-authorization", "cookie", "set-cookie" -> Keeping.NEVER;
            case "content-range", "content-length" -> Keeping.LITERAL;
            default -> Keeping.INDEXED;
        };
    }

    /** Where to write the block: into the output, if it fits into one frame. */
    private ByteBuffer begin(int maxBytes) {
        ByteBuffer out = maxBytes <= H2Frame.MAX_PAYLOAD_BYTES
                ? connection.out(H2Frame.HEADER_BYTES + maxBytes)
                : ByteBuffer.allocate(H2Frame.HEADER_BYTES + maxBytes);
        out.position(out.position() + H2Frame.HEADER_BYTES);
        encoder.begin(out);
        return out;
    }

    private void finish(ByteBuffer out, int from, int streamId, boolean end) {
        int endFlag = end ? H2Frame.END_STREAM : 0;
        if (out.isDirect()) {
            H2FrameWriter.headerAt(out, from, H2Frame.HEADERS, endFlag | H2Frame.END_HEADERS, streamId);
            return;
        }
        out.flip().position(H2Frame.HEADER_BYTES);
        int type = H2Frame.HEADERS;
        int flags = endFlag;
        while (out.hasRemaining()) {
            int n = Math.min(out.remaining(), H2Frame.MAX_PAYLOAD_BYTES);
            flags |= n == out.remaining() ? H2Frame.END_HEADERS : 0;
            H2FrameWriter.header(connection.out(H2Frame.HEADER_BYTES), type, flags, streamId, n);
            connection.write(out.slice(out.position(), n));
            out.position(out.position() + n);
            type = H2Frame.CONTINUATION;
            flags = 0;
        }
    }
}
