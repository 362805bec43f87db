package io.lws.http.h1;

import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import io.lws.http.exchange.HeadFields;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The head of one response: its bytes, copied out of the read buffer, and offsets into them. Used again for the next. */
final class H1ResponseHead implements HttpResponse, HeadFields {
    private static final int FIRST_BYTES = 1024;

    /** What {@link FieldLines} may look at behind the head. */
    private static final int SLACK_BYTES = 8;

    /** Version, blank, three digits. */
    private static final int STATUS_AT = 9;

    private static final int STATUS_END = 12;

    private final HeaderFields fields = new HeaderFields();
    private byte[] bytes = new byte[FIRST_BYTES];
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int status;
    private long contentLength = -1;

    /** Takes the next {@code headBytes} of {@code in}, as found by {@link H1HeadScanner}, and parses them. */
    void read(ByteBuffer in, int headBytes, HttpLimits limits) {
        if (bytes.length < headBytes + SLACK_BYTES) {
            bytes = new byte[Integer.highestOneBit(headBytes + SLACK_BYTES) << 1];
        }
        in.get(bytes, 0, headBytes);
        fields.begin(bytes);
        FieldLines.parse(bytes, readStatusLine(), headBytes, limits.headerCount(), fields);
        boolean length = fields.has(KnownHeader.CONTENT_LENGTH) && !fields.has(KnownHeader.TRANSFER_ENCODING);
        contentLength = length ? BodyFraming.contentLength(bytes, fields) : -1;
    }

    /** {@code version SP status [ SP reason ] CRLF} (RFC 9112 4). Returns where the fields begin. */
    private int readStatusLine() {
        // a head has at least its two line ends, and slack behind them: as many octets as are looked at here
        HttpVersion known = VersionText.known(bytes, 0);
        if (known == null || bytes[STATUS_AT - 1] != Ascii.SP) {
            throw Violation.badRequest("not an HTTP/1 response");
        }
        version = known;
        status = 0;
        for (int at = STATUS_AT; at < STATUS_END; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                throw Violation.badRequest("malformed status");
            }
            status = status * 10 + bytes[at] - '0';
        }
        if (status < 100 || bytes[STATUS_END] != Ascii.SP && bytes[STATUS_END] != Ascii.CR) {
            throw Violation.badRequest("malformed status");
        }
        int at = STATUS_END;
        while (Ascii.isFieldValueOctet(bytes[at])) {
            at++;
        }
        if (bytes[at] != Ascii.CR || bytes[at + 1] != Ascii.LF) {
            throw Violation.badRequest("control character in a reason phrase");
        }
        return at + 2;
    }

    /**
     * What delimits the content, as {@code method} and status have it (RFC 9112 6.3); null when there is none. {@code
     * chunked} is used when it comes in chunks. No bound on the length: who reads it has one.
     */
    @Nullable
    H1Body body(HttpMethod method, ChunkedBody chunked) {
        if (method == HttpMethod.HEAD || HttpStatus.isBodiless(status)) {
            return null;
        }
        if (!BodyFraming.isDeclared(fields)) {
            return UntilCloseBody.INSTANCE;
        }
        if (BodyFraming.of(version, fields) == BodyFraming.CHUNKED) {
            return chunked.begin(-1);
        }
        return contentLength == 0 ? null : new FixedBody().begin(contentLength, -1);
    }

    /** Whether the origin leaves the connection open for another request. */
    boolean wantsKeepAlive() {
        return fields.keepAlive(version);
    }

    /** Whether the connection now speaks {@code lowerProtocol} (RFC 9110 7.8). */
    boolean switchesTo(String lowerProtocol) {
        return fields.hasToken(KnownHeader.CONNECTION, "upgrade")
                && fields.hasToken(KnownHeader.UPGRADE, lowerProtocol);
    }

    @Override
    public HttpVersion version() {
        return version;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public HeaderFields fields() {
        return fields;
    }

    @Override
    public String toString() {
        return version + " " + status;
    }
}
