package io.lws.http.h1;

import io.lws.ProtocolException;
import io.lws.http.HttpLimits;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.HttpVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the one head that matters to who asks in HTTP/1.1 only to leave it: interim ones are passed over. Sans I/O. */
public final class H1AnswerReader {
    private static final int MAX_INTERIM = 8;
    private static final HttpLimits LIMITS = HttpLimits.DEFAULT;

    private final H1HeadScanner scanner = new H1HeadScanner(LIMITS);
    private final H1ResponseHead head = new H1ResponseHead();
    private int interims;

    /**
     * The head at {@code in}'s position, which then stands behind it; null when it is not complete, and what is left of
     * {@code in} is to be offered again with more behind it. {@link ProtocolException} 502 for what is no such answer.
     */
    public @Nullable HttpResponse read(ByteBuffer in) {
        try {
            return readFinal(in);
        } catch (ProtocolException e) {
            throw new ProtocolException(HttpStatus.BAD_GATEWAY, e.reason());
        }
    }

    private @Nullable HttpResponse readFinal(ByteBuffer in) {
        while (true) {
            int headBytes = scanner.scan(in);
            if (headBytes == H1HeadScanner.NEED_MORE) {
                return null;
            }
            head.read(in, headBytes, LIMITS);
            if (head.version() != HttpVersion.HTTP_1_1) {
                throw Violation.badRequest("not an HTTP/1.1 response");
            }
            if (head.status() >= HttpStatus.OK || head.status() == HttpStatus.SWITCHING_PROTOCOLS) {
                return head;
            }
            if (++interims > MAX_INTERIM) {
                throw Violation.badRequest("too many interim responses");
            }
        }
    }
}
