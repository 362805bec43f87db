package io.lws.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads HTTP/1.1 answers that are as long as the probe's and have its body. Only the head may differ from answer to
 * answer, and only in its fields: its status line, its end and its length are checked.
 */
final class HttpReader implements AnswerReader {
    private static final long HTTP_1_1 = ByteBuffer.wrap(ascii("HTTP/1.1")).getLong();
    private static final int SPACE_200 = ByteBuffer.wrap(ascii(" 200")).getInt();
    private static final int EMPTY_LINE = ByteBuffer.wrap(ascii("\r\n\r\n")).getInt();
    private static final int STATUS_LINE_BYTES = 12;

    private final int headBytes;
    private final ByteImage body;
    private int at;
    private boolean first = true;

    HttpReader(int headBytes, ByteImage body) {
        this.headBytes = headBytes;
        this.body = body;
    }

    @Override
    public int read(ByteBuffer in) {
        int answers = 0;
        while (in.hasRemaining()) {
            int n = at < headBytes ? head(in) : body(in);
            in.position(in.position() + n);
            at += n;
            if (at == headBytes + body.length()) {
                at = 0;
                first = false;
                answers++;
            }
        }
        return answers;
    }

    private int head(ByteBuffer in) {
        int n = Math.min(in.remaining(), headBytes - at);
        int from = in.position();
        if (at == 0 && n >= STATUS_LINE_BYTES) {
            require(in.getLong(from) == HTTP_1_1 && in.getInt(from + Long.BYTES) == SPACE_200, "the status line");
        }
        if (at + n == headBytes && n >= Integer.BYTES) {
            require(in.getInt(from + n - Integer.BYTES) == EMPTY_LINE, "the length of the head");
        }
        return n;
    }

    private int body(ByteBuffer in) {
        int done = at - headBytes;
        int n = Math.min(in.remaining(), body.length() - done);
        require(body.matches(in, done, n, first), "the body");
        return n;
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new WrongAnswer(what + " of an HTTP answer is wrong");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
