package io.lws.http.files;

import io.lws.http.ByteRanges.Range;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An answer with several ranges: multipart/byteranges (RFC 9110 14.6). Its length is known beforehand. Immutable; who
 * sends it keeps where he is.
 */
final class RangeParts {
    private final String boundary;
    private final List<Range> ranges;
    private final byte[][] leads;
    private final byte[] end;
    private final long lengthBytes;

    RangeParts(List<Range> ranges, String contentType, long fileBytes) {
        this.ranges = ranges;
        boundary = "part-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        leads = new byte[ranges.size()][];
        end = ascii("\r\n--" + boundary + "--\r\n");
        long length = end.length;
        for (int i = 0; i < leads.length; i++) {
            Range range = ranges.get(i);
            leads[i] = ascii((i == 0 ? "--" : "\r\n--") + boundary + "\r\nContent-Type: " + contentType
                    + "\r\nContent-Range: " + range.contentRange(fileBytes) + "\r\n\r\n");
            length += leads[i].length + range.lengthBytes();
        }
        lengthBytes = length;
    }

    /** Value of Content-Type for the whole. */
    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    long lengthBytes() {
        return lengthBytes;
    }

    int count() {
        return leads.length;
    }

    Range range(int index) {
        return ranges.get(index);
    }

    /** What goes before the range of that index; behind the last one, the end. */
    ByteBuffer lead(int index) {
        return ByteBuffer.wrap(index == leads.length ? end : leads[index]);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
