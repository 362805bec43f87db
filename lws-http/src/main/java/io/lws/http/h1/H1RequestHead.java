package io.lws.http.h1;

import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpRequest;
import io.lws.http.HttpVersion;
import io.lws.http.RequestTarget;
import io.lws.http.exchange.HeadFields;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The head of one request: its bytes, copied out of the read buffer in one go, and offsets into them. Used again for
 * other requests of the same loop; holds no more memory than the longest head it has seen.
 */
final class H1RequestHead implements HttpRequest, HeadFields {
    private static final int FIRST_BYTES = 1024;

    /** What {@link FieldLines} may look at behind the head. */
    private static final int SLACK_BYTES = 8;

    private static final HttpMethod NO_METHOD = HttpMethod.GET;
    private static final RequestTarget NO_TARGET = RequestTarget.parse(HttpMethod.GET, "/");

    private final TargetCache targets;
    private final HeaderFields fields = new HeaderFields();
    private byte[] bytes = new byte[FIRST_BYTES];
    private HttpMethod method = NO_METHOD;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private RequestTarget target = NO_TARGET;
    private BodyFraming framing = BodyFraming.NONE;
    private long contentLength;

    H1RequestHead(TargetCache targets) {
        this.targets = targets;
    }

    /**
     * Takes the next {@code headBytes} of {@code in}, as found by {@link H1HeadScanner}, and parses them. After an
     * exception only {@link #clear} may be called.
     */
    void read(ByteBuffer in, int headBytes, HttpLimits limits) {
        if (bytes.length < headBytes + SLACK_BYTES) {
            bytes = new byte[Integer.highestOneBit(headBytes + SLACK_BYTES) << 1];
        }
        in.get(bytes, 0, headBytes);
        fields.begin(bytes);
        int blockFrom = readRequestLine();
        FieldLines.parse(bytes, blockFrom, headBytes, limits.headerCount(), fields);
        HostRule.check(version, bytes, fields);
        framing = BodyFraming.of(version, fields);
        contentLength =
                framing == BodyFraming.FIXED ? BodyFraming.contentLength(bytes, fields) : framing.unknownLength();
        if (framing == BodyFraming.FIXED && contentLength == 0) {
            framing = BodyFraming.NONE;
        }
        checkExpectation();
    }

    /** Forgets what belongs to the request, keeps the memory. */
    void clear() {
        fields.begin(bytes);
        method = NO_METHOD;
        target = NO_TARGET;
    }

    int capacityBytes() {
        return bytes.length;
    }

    BodyFraming framing() {
        return framing;
    }

    /** Whether the client leaves the connection open for another request (RFC 9112 9.3). */
    boolean wantsKeepAlive() {
        return fields.keepAlive(version);
    }

    /** Whether the client waits for a 100 before it sends content (RFC 9110 10.1.1). An HTTP/1.0 client never does. */
    boolean expectsContinue() {
        return fields.has(KnownHeader.EXPECT) && version == HttpVersion.HTTP_1_1 && framing != BodyFraming.NONE;
    }

    /** Whether there is an Upgrade field at all; without one {@link #offersUpgradeTo} need not be asked. */
    boolean offersUpgrade() {
        return fields.has(KnownHeader.UPGRADE);
    }

    /** Whether the client offers to switch to {@code lowerProtocol} and says so in Connection too (RFC 9110 7.8). */
    boolean offersUpgradeTo(String lowerProtocol) {
        return fields.has(KnownHeader.UPGRADE)
                && version == HttpVersion.HTTP_1_1
                && fields.hasToken(KnownHeader.UPGRADE, lowerProtocol)
                && fields.hasToken(KnownHeader.CONNECTION, "upgrade");
    }

    /** Whether any field asks for a conditional answer; without one {@code Preconditions} need not be asked. */
    boolean isConditional() {
        return fields.hasAnyOf(1L << KnownHeader.IF_MATCH
                | 1L << KnownHeader.IF_NONE_MATCH
                | 1L << KnownHeader.IF_MODIFIED_SINCE
                | 1L << KnownHeader.IF_UNMODIFIED_SINCE);
    }

    @Nullable
    String header(int knownIndex) {
        return fields.value(knownIndex);
    }

    @Override
    public HttpMethod method() {
        return method;
    }

    @Override
    public HttpVersion version() {
        return version;
    }

    @Override
    public RequestTarget target() {
        return target;
    }

    @Override
    public String authority() {
        String named = target.authority();
        if (named != null) {
            return named;
        }
        String host = fields.value(KnownHeader.HOST);
        return host == null ? "" : host;
    }

    @Override
    public long contentLength() {
        return contentLength;
    }

    @Override
    public HeaderFields fields() {
        return fields;
    }

    /**
     * {@code method SP target SP version CRLF}, exactly one blank each (RFC 9112 3). Returns where the fields begin.
     */
    private int readRequestLine() {
        int from = 0;
        while (bytes[from] == Ascii.CR && bytes[from + 1] == Ascii.LF) {
            from += 2;
        }
        int methodEnd = from;
        while (Ascii.isTchar(bytes[methodEnd])) {
            methodEnd++;
        }
        if (methodEnd == from || bytes[methodEnd] != Ascii.SP) {
            throw Violation.badRequest("malformed method");
        }
        int targetFrom = methodEnd + 1;
        int targetEnd = targetFrom;
        int hash = 0;
        while (bytes[targetEnd] > Ascii.SP) {
            hash = hash * 31 + bytes[targetEnd++];
        }
        if (targetEnd == targetFrom || bytes[targetEnd] != Ascii.SP) {
            throw Violation.badRequest("malformed request line");
        }
        version = VersionText.parse(bytes, targetEnd + 1);
        method = MethodText.parse(bytes, from, methodEnd);
        target = targets.get(method, bytes, targetFrom, targetEnd, hash);
        return targetEnd + 1 + VersionText.LINE_END_BYTES;
    }

    private void checkExpectation() {
        if (!fields.has(KnownHeader.EXPECT) || version == HttpVersion.HTTP_1_0) {
            return;
        }
        boolean known = !fields.isRepeated(KnownHeader.EXPECT)
                && fields.isToken(fields.lineOf(KnownHeader.EXPECT), "100-continue");
        if (!known) {
            throw Violation.unknownExpectation();
        }
    }

    @Override
    public String toString() {
        return method + " " + target + " " + version;
    }
}
