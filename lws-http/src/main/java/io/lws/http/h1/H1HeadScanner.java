package io.lws.http.h1;

import io.lws.http.HttpLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds where the head of a request ends, in place, looking at each octet once however many pieces it comes in. Checks
 * line ends and sizes on the way, so an endless head is refused while it arrives; everything else is checked by
 * {@link H1RequestHead} when the head is whole.
 */
final class H1HeadScanner {
    static final int NEED_MORE = -1;

    /** RFC 9112 2.2 wants at least one empty line before a request to be ignored; old clients send one after a body. */
    private static final int MAX_EMPTY_LINES = 2;

    private final HttpLimits limits;
    private int scannedBytes;
    private int lineStart;
    private int emptyLines;

    /** Where the header block begins; 0 while the request line is not over. */
    private int blockStart;

    H1HeadScanner(HttpLimits limits) {
        this.limits = limits;
    }

    /**
     * Looks for the end of the head that begins at {@code in.position()}; the same first octet at each call until it is
     * found. Moves nothing in {@code in}. After the end is found the scanner is ready for the next head.
     *
     * @return length of the head in bytes, empty lines before and after it included, or {@link #NEED_MORE}
     */
    int scan(ByteBuffer in) {
        int base = in.position();
        int end = in.remaining();
        int at = scannedBytes;
        for (; at + 8 <= end; at += 8) {
            long word = littleEndian(in, base + at);
            for (long hits = Ascii.linefeedsIn(word); hits != 0; hits &= hits - 1) {
                int headBytes = endLine(in, at + Ascii.firstOf(hits));
                if (headBytes > 0) {
                    return headBytes;
                }
            }
        }
        for (; at < end; at++) {
            int headBytes = in.get(base + at) == Ascii.LF ? endLine(in, at) : NEED_MORE;
            if (headBytes > 0) {
                return headBytes;
            }
        }
        scannedBytes = end;
        checkUnfinished(in);
        return NEED_MORE;
    }

    /** Whether anything of a head has been seen: the header timeout counts from then. */
    boolean isUnderWay() {
        return scannedBytes > 0;
    }

    void reset() {
        scannedBytes = 0;
        lineStart = 0;
        emptyLines = 0;
        blockStart = 0;
    }

    private static long littleEndian(ByteBuffer in, int index) {
        long word = in.getLong(index);
        return in.order() == ByteOrder.LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }

    private int endLine(ByteBuffer in, int linefeed) {
        if (blockStart == 0) {
            endRequestLine(in, linefeed);
        } else {
            if (linefeed + 1 - blockStart > limits.headerBytes()) {
                throw Violation.headersTooLarge("header block too long");
            }
            requireCrBefore(in, linefeed);
            if (linefeed - lineStart == 1) {
                reset();
                return linefeed + 1;
            }
        }
        lineStart = linefeed + 1;
        return NEED_MORE;
    }

    private void endRequestLine(ByteBuffer in, int linefeed) {
        checkFirstOctet(in);
        if (linefeed - 1 - lineStart > limits.requestLineBytes()) {
            throw Violation.uriTooLong();
        }
        requireCrBefore(in, linefeed);
        if (linefeed - lineStart > 1) {
            blockStart = linefeed + 1;
        } else if (++emptyLines > MAX_EMPTY_LINES) {
            throw Violation.badRequest("empty lines instead of a request");
        }
    }

    private void checkUnfinished(ByteBuffer in) {
        if (blockStart > 0) {
            if (scannedBytes - blockStart > limits.headerBytes()) {
                throw Violation.headersTooLarge("header block too long");
            }
        } else if (scannedBytes > lineStart) {
            checkFirstOctet(in);
            if (scannedBytes - lineStart > limits.requestLineBytes() + 1) {
                throw Violation.uriTooLong();
            }
        }
    }

    /**
     * What is no HTTP at all, such as a TLS record, is told apart by its first octet and need not fill a line first.
     */
    private void checkFirstOctet(ByteBuffer in) {
        byte first = in.get(in.position() + lineStart);
        if (first != Ascii.CR && !Ascii.isTchar(first)) {
            throw Violation.badRequest("not a request");
        }
    }

    private void requireCrBefore(ByteBuffer in, int linefeed) {
        if (linefeed == lineStart || in.get(in.position() + linefeed - 1) != Ascii.CR) {
            throw Violation.badRequest("LF without CR");
        }
    }
}
