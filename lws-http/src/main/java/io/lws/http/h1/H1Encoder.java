package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.HttpDate;
import io.lws.http.HttpStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes answers (RFC 9112 4, 7.1) into buffers; one per loop. Status lines are encoded once, the Date line once a
 * second, headers when they were made: a head is a few copies and a number.
 */
final class H1Encoder {
    /** Instead of a length: the content is chunked. */
    static final long CHUNKED = -1;

    /**
     * Instead of a length: the head says nothing, because there is no content or its end is the end of the connection.
     */
    static final long NO_LENGTH = -2;

    /** Room a chunk of up to {@link Integer#MAX_VALUE} bytes needs besides its data: eight digits and two CRLF. */
    static final int CHUNK_OVERHEAD_BYTES = 12;

    static final int LAST_CHUNK_BYTES = 5;
    static final int CONTINUE_BYTES = 25;

    static final byte[] NO_LINES = {};
    private static final byte[] CRLF = ascii("\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] TRANSFER_ENCODING = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n");
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final byte[][] CONNECTION_LINES = Arrays.stream(ConnectionField.values())
            .map(field -> ascii(field.line))
            .toArray(byte[][]::new);
    private static final int DATE_AT = "Date: ".length();
    private static final int MAX_LONG_DIGITS = 19;

    private final WrittenHeads written = new WrittenHeads();
    private final byte[][] statusLines = new byte[1000][];
    private final byte[] dateLine = ascii("Date: " + " ".repeat(HttpDate.BYTES) + "\r\n");
    private final byte[] digits = new byte[MAX_LONG_DIGITS];
    private long dateSecond = Long.MIN_VALUE;
    private byte[] everyHead = NO_LINES;

    /** Tells the time; cheap unless a second has passed. To be called before {@link #writeHead}. */
    void updateClock(long epochMillis) {
        long second = Math.floorDiv(epochMillis, 1000L);
        if (second != dateSecond) {
            dateSecond = second;
            HttpDate.write(second, dateLine, DATE_AT);
        }
    }

    /** Whole header lines, CRLF included, that the heads to come carry besides their own. */
    void everyHeadHas(byte[] lines) {
        everyHead = lines;
    }

    /** Room {@link #writeHead} needs at most. */
    int maxHeadBytes(int status, Headers headers) {
        return maxHeadBytes(status, Headers.EMPTY, headers);
    }

    /** Room {@link #writeHead} with two sets of fields needs at most. */
    int maxHeadBytes(int status, Headers always, Headers headers) {
        return always.h1Bytes()
                + statusLine(status).length
                + dateLine.length
                + everyHead.length
                + ConnectionField.KEEP_ALIVE.line.length()
                + CONTENT_LENGTH.length
                + MAX_LONG_DIGITS
                + headers.h1Bytes()
                + 2 * CRLF.length; // the other framing line is shorter
    }

    /** As the other one, without fields that are always sent. */
    boolean writeHead(ByteBuffer out, int status, ConnectionField connection, Headers headers, long length) {
        return writeHead(out, status, connection, Headers.EMPTY, headers, length);
    }

    /**
     * Writes the head of an answer.
     *
     * @param always fields that go with every answer from there; these and {@code headers} do not frame the message
     * @param length of the content in bytes, {@link #CHUNKED} or {@link #NO_LENGTH}
     * @return false, with nothing written, when {@code out} has less room than {@link #maxHeadBytes}
     */
    boolean writeHead(
            ByteBuffer out, int status, ConnectionField connection, Headers always, Headers headers, long length) {
        if (length < NO_LENGTH) {
            throw new IllegalArgumentException("length " + length);
        }
        if (out.remaining() < maxHeadBytes(status, always, headers)) {
            return false;
        }
        if (!written.copy(out, dateSecond, status, connection, everyHead, always, headers, length)) {
            int from = out.position();
            writeParts(out, status, connection, always, headers, length);
            written.wrote(out, from, dateSecond);
        }
        return true;
    }

    private void writeParts(
            ByteBuffer out, int status, ConnectionField connection, Headers always, Headers headers, long length) {
        out.put(statusLine(status));
        if (status >= HttpStatus.OK) {
            out.put(dateLine);
        }
        out.put(everyHead);
        out.put(CONNECTION_LINES[connection.ordinal()]);
        always.writeH1(out);
        headers.writeH1(out);
        writeFraming(out, status, length);
        out.put(CRLF);
    }

    /** The interim answer to {@code Expect: 100-continue}; false when there is no room. */
    static boolean writeContinue(ByteBuffer out) {
        return putWhole(out, CONTINUE);
    }

    /** The line before a chunk's data. An empty chunk would end the body, so it is refused. */
    static void writeChunkStart(ByteBuffer out, int chunkBytes) {
        if (chunkBytes <= 0) {
            throw new IllegalArgumentException("a chunk has at least one byte, not " + chunkBytes);
        }
        for (int shift = 31 - Integer.numberOfLeadingZeros(chunkBytes) & ~3; shift >= 0; shift -= 4) {
            out.put(HEX[chunkBytes >>> shift & 0xf]);
        }
        out.put(CRLF);
    }

    /** What follows a chunk's data. */
    static void writeChunkEnd(ByteBuffer out) {
        out.put(CRLF);
    }

    /** The end of a chunked body, without trailers; false when there is no room. */
    static boolean writeLastChunk(ByteBuffer out) {
        return writeLastChunk(out, Headers.EMPTY);
    }

    /** The end of a chunked body, with trailers (RFC 9112 7.1.2); false when there is no room. */
    static boolean writeLastChunk(ByteBuffer out, Headers trailers) {
        if (out.remaining() < LAST_CHUNK_BYTES + trailers.h1Bytes()) {
            return false;
        }
        out.put(LAST_CHUNK);
        trailers.writeH1(out);
        out.put(CRLF);
        return true;
    }

    private void writeFraming(ByteBuffer out, int status, long length) {
        boolean neverFramed = status < HttpStatus.OK || status == HttpStatus.NO_CONTENT; // RFC 9110 8.6
        if (neverFramed || length == NO_LENGTH) {
            return;
        }
        if (length == CHUNKED) {
            out.put(TRANSFER_ENCODING);
            return;
        }
        out.put(CONTENT_LENGTH);
        writeDecimal(out, length);
        out.put(CRLF);
    }

    private void writeDecimal(ByteBuffer out, long number) {
        int at = MAX_LONG_DIGITS;
        long rest = number;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        out.put(digits, at, MAX_LONG_DIGITS - at);
    }

    private byte[] statusLine(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status " + status);
        }
        byte[] line = statusLines[status];
        if (line == null) {
            line = ascii("HTTP/1.1 " + status + " " + HttpStatus.reason(status) + "\r\n");
            statusLines[status] = line;
        }
        return line;
    }

    private static boolean putWhole(ByteBuffer out, byte[] bytes) {
        if (out.remaining() < bytes.length) {
            return false;
        }
        out.put(bytes);
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
