package io.lws.http.hpack;

import java.nio.ByteBuffer;

/**
 * Writes header blocks (RFC 7541) with a table of what was sent before: a field sent again is one octet or two. The
 * blocks must reach the peer in the order they were written.
 *
 * <p>The room a block needs is at most {@link #BLOCK_OVERHEAD_BYTES} and, for each field, the length of its name and
 * value and {@link #FIELD_OVERHEAD_BYTES}; {@code out} must have it.
 */
public final class HpackEncoder {
    public static final int BLOCK_OVERHEAD_BYTES = 12;
    public static final int FIELD_OVERHEAD_BYTES = 12;

    /** What to do with a field besides sending it. */
    public enum Keeping {
        /** It is likely to be sent again. */
        INDEXED,
        /** Its value is a new one each time. */
        LITERAL,
        /** It is a secret: neither this side nor a proxy behind the peer may keep it (RFC 7541 7.1.3). */
        NEVER
    }

    private static final int INDEXED = 0x80;
    private static final int KEPT = 0x40;
    private static final int RESIZED = 0x20;
    private static final int NEVER_KEPT = 0x10;
    private static final int LITERAL = 0x00;
    private static final int MAX_LONG_DIGITS = 19;

    private final DynamicTable table;
    private final int maxTableBytes;
    private int smallestDueBytes;
    private boolean resizeDue;

    /** The table takes {@code maxTableBytes} at most, whatever the peer would allow. */
    public HpackEncoder(int maxTableBytes) {
        this.maxTableBytes = Math.min(maxTableBytes, HpackDecoder.DEFAULT_TABLE_BYTES);
        table = new DynamicTable(this.maxTableBytes);
        smallestDueBytes = this.maxTableBytes;
        resizeDue = this.maxTableBytes != HpackDecoder.DEFAULT_TABLE_BYTES;
    }

    /** The peer's settings allow a table of that size. */
    public void allowTable(long bytes) {
        int wanted = (int) Math.min(bytes, maxTableBytes);
        if (wanted != table.maxBytes()) {
            smallestDueBytes = resizeDue ? Math.min(smallestDueBytes, wanted) : wanted;
            resizeDue = true;
            table.limitTo(wanted);
        }
    }

    /** To be called before the first field of each block. */
    public void begin(ByteBuffer out) {
        if (resizeDue) {
            resizeDue = false;
            if (smallestDueBytes < table.maxBytes()) {
                integer(out, RESIZED, 0x1f, smallestDueBytes);
            }
            integer(out, RESIZED, 0x1f, table.maxBytes());
        }
    }

    /** {@code :status} of an answer. */
    public void status(int status, ByteBuffer out) {
        switch (status) {
            case 200 -> out.put((byte) (INDEXED | 8));
            case 204 -> out.put((byte) (INDEXED | 9));
            case 206 -> out.put((byte) (INDEXED | 10));
            case 304 -> out.put((byte) (INDEXED | 11));
            case 400 -> out.put((byte) (INDEXED | 12));
            case 404 -> out.put((byte) (INDEXED | 13));
            case 500 -> out.put((byte) (INDEXED | 14));
            default -> field(":status", Integer.toString(status), Keeping.INDEXED, out);
        }
    }

    /** {@code content-length}. */
    public void contentLength(long lengthBytes, ByteBuffer out) {
        integer(out, LITERAL, 0x0f, StaticTable.CONTENT_LENGTH);
        int at = out.position();
        int digits = 1;
        for (long rest = lengthBytes / 10; rest > 0 && digits < MAX_LONG_DIGITS; rest /= 10) {
            digits++;
        }
        out.put((byte) digits);
        out.position(at + 1 + digits);
        long rest = lengthBytes;
        for (int i = digits; i > 0; i--) {
            out.put(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** {@code name} in lower case; one char per octet. */
    public void field(String name, String value, Keeping keeping, ByteBuffer out) {
        int known = table.indexOf(name, value);
        if (known >= 0 && keeping != Keeping.NEVER) {
            integer(out, INDEXED, 0x7f, StaticTable.LAST + 1 + known);
            return;
        }
        int nameIndex = StaticTable.indexOfName(name);
        int same = keeping == Keeping.NEVER ? 0 : StaticTable.indexOf(name, value);
        if (same > 0) {
            integer(out, INDEXED, 0x7f, same);
            return;
        }
        if (keeping == Keeping.INDEXED) {
            HeaderField field = new HeaderField(name, value);
            boolean fits = field.sizeBytes() <= table.maxBytes() / 2;
            literal(out, fits ? KEPT : LITERAL, fits ? 0x3f : 0x0f, nameIndex, name, value);
            if (fits) {
                table.add(field);
            }
        } else {
            literal(out, keeping == Keeping.NEVER ? NEVER_KEPT : LITERAL, 0x0f, nameIndex, name, value);
        }
    }

    private static void literal(ByteBuffer out, int bits, int mask, int nameIndex, String name, String value) {
        integer(out, bits, mask, nameIndex);
        if (nameIndex == 0) {
            string(out, name);
        }
        string(out, value);
    }

    private static void string(ByteBuffer out, String text) {
        int codedBytes = HuffmanEncoder.codedBytes(text);
        if (codedBytes < text.length()) {
            integer(out, 0x80, 0x7f, codedBytes);
            HuffmanEncoder.encode(text, out);
            return;
        }
        integer(out, 0, 0x7f, text.length());
        for (int i = 0; i < text.length(); i++) {
            out.put((byte) text.charAt(i));
        }
    }

    private static void integer(ByteBuffer out, int bits, int mask, int value) {
        if (value < mask) {
            out.put((byte) (bits | value));
            return;
        }
        out.put((byte) (bits | mask));
        int rest = value - mask;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
