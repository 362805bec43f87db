package io.lws.http.h1;

import io.lws.ProtocolException;
import io.lws.http.HttpLimits;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scanner, head and body in the order a connection uses them; one line per event, nothing behind an error. */
final class RequestSubject implements SplitFeeder.Subject {
    private final HttpLimits limits;
    private final H1HeadScanner scanner;
    private final H1HeadPool pool = new H1HeadPool();
    private final FixedBody fixed = new FixedBody();
    private final ChunkedBody chunked;
    private final StringBuilder content = new StringBuilder();
    private @Nullable H1Body body;
    private boolean failed;

    RequestSubject(HttpLimits limits) {
        this.limits = limits;
        scanner = new H1HeadScanner(limits);
        chunked = new ChunkedBody(limits);
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

    /** Whether there is more to do with what is in the buffer. */
    private boolean step(ByteBuffer in, List<String> events) {
        if (body == null) {
            int headBytes = scanner.scan(in);
            if (headBytes == H1HeadScanner.NEED_MORE) {
                return false;
            }
            readHead(in, headBytes, events);
        }
        H1Body current = body;
        return current == null || readBody(current, in, events);
    }

    private void readHead(ByteBuffer in, int headBytes, List<String> events) {
        H1RequestHead head = pool.acquire();
        head.read(in, headBytes, limits);
        events.add(head.method() + " " + head.path() + (head.wantsKeepAlive() ? "" : " close")
                + (head.expectsContinue() ? " continue" : ""));
        switch (head.framing()) {
            case FIXED -> body = fixed.begin(head.contentLength(), limits.bodyBytes());
            case CHUNKED -> body = chunked.begin(limits.bodyBytes());
            case NONE -> body = null;
        }
        pool.release(head);
    }

    private boolean readBody(H1Body current, ByteBuffer in, List<String> events) {
        for (int bytes = current.next(in); bytes > 0; bytes = current.next(in)) {
            byte[] piece = new byte[bytes];
            in.get(piece);
            content.append(new String(piece, StandardCharsets.ISO_8859_1));
        }
        if (!current.isDone()) {
            return false;
        }
        events.add("content " + content);
        content.setLength(0);
        body = null;
        return true;
    }
}
