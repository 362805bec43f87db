package io.lws.http.h1;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scanner, head and body of a response in the order a client uses them; nothing behind an error. */
final class ResponseSubject implements SplitFeeder.Subject {
    private final HttpLimits limits;
    private final HttpMethod method;
    private final H1HeadScanner scanner;
    private final H1ResponseHead head = new H1ResponseHead();
    private final ChunkedBody chunked;
    private final StringBuilder content = new StringBuilder();
    private @Nullable H1Body body;
    private boolean failed;

    ResponseSubject(HttpLimits limits, HttpMethod method) {
        this.limits = limits;
        this.method = method;
        scanner = new H1HeadScanner(limits);
        chunked = new ChunkedBody(limits, Trailers.Use.KEPT);
    }

    @Override
    public void feed(ByteBuffer in, List<String> events) {
        try {
            while (!failed && step(in, events)) {}
        } catch (ProtocolException e) {
            events.add("error " + e.code());
            failed = true;
        }
        if (failed) {
            in.position(in.limit());
        }
    }

    private boolean step(ByteBuffer in, List<String> events) {
        if (body == null) {
            int headBytes = scanner.scan(in);
            if (headBytes == H1HeadScanner.NEED_MORE) {
                return false;
            }
            head.read(in, headBytes, limits);
            body = head.body(method, chunked);
            events.add(head.status()
                    + (head.wantsKeepAlive() ? "" : " close")
                    + (body == UntilCloseBody.INSTANCE ? " until-close" : ""));
        }
        H1Body current = body;
        return current == null ? in.hasRemaining() : readBody(current, in, events);
    }

    private boolean readBody(H1Body current, ByteBuffer in, List<String> events) {
        for (int bytes = current.next(in); bytes > 0; bytes = current.next(in)) {
            byte[] piece = new byte[bytes];
            in.get(piece);
            content.append(new String(piece, StandardCharsets.ISO_8859_1));
        }
        if (current == UntilCloseBody.INSTANCE) {
            return false;
        }
        if (!current.isDone()) {
            return false;
        }
        Headers trailers = current == chunked ? chunked.trailers() : Headers.EMPTY;
        events.add(
                "content " + content + (trailers.size() == 0 ? "" : " " + trailers.name(0) + "=" + trailers.value(0)));
        content.setLength(0);
        body = null;
        return true;
    }
}
