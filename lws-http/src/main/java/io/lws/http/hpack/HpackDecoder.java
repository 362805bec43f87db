package io.lws.http.hpack;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes header blocks apart (RFC 7541). Each block is given whole; the blocks of a connection in their order, for each
 * may change the table the next one is read with. After a {@link ProtocolException} with {@link #COMPRESSION_ERROR} the
 * decoder is of no more use.
 */
public final class HpackDecoder {
    /** The h2 error code (RFC 9113 7) of everything that can be wrong with a block. */
    public static final int COMPRESSION_ERROR = 0x9;

    /** What both sides begin with (RFC 9113 6.5.2). */
    public static final int DEFAULT_TABLE_BYTES = 4096;

    /** Told of the fields of a block in their order. */
    @FunctionalInterface
    public interface Sink {
        void field(HeaderField field);
    }

    private static final int MAX_INTEGER_SHIFT = 21; // more than any length or index can need

    private final DynamicTable table = new DynamicTable(DEFAULT_TABLE_BYTES);
    private int allowedTableBytes = DEFAULT_TABLE_BYTES;
    private boolean updateDue;
    private byte[] scratch = {};

    /** What our settings allow the peer's encoder, from the moment it has acknowledged them. */
    public void allowTable(int bytes) {
        allowedTableBytes = bytes;
        updateDue = bytes < table.maxBytes();
    }

    /** How much the table holds now (RFC 7541 4.1). */
    public int tableBytes() {
        return table.sizeBytes();
    }

    /**
     * Reads all of {@code block}. Fields beyond {@code maxListBytes} in total (RFC 9113 6.5.2) are decoded, for the table
     * may need them, but nobody is told of them and nothing of them is kept.
     *
     * @return the size of the whole list, which the caller compares with what it allows
     */
    public long decode(ByteBuffer block, int maxListBytes, Sink sink) {
        long listBytes = 0;
        boolean first = true;
        while (block.hasRemaining()) {
            int start = block.get() & 0xff;
            if ((start & 0xe0) == 0x20) {
                resize(integer(block, start, 0x1f), first);
                continue;
            }
            if (updateDue) {
                throw error("the table was not made smaller as the settings ask");
            }
            first = false;
            HeaderField field = field(block, start);
            listBytes += field.sizeBytes();
            if (listBytes <= maxListBytes) {
                sink.field(field);
            }
        }
        return listBytes;
    }

    private void resize(int bytes, boolean atStart) {
        if (!atStart) {
            throw error("table resized inside a block");
        }
        if (bytes > allowedTableBytes) {
            throw error("table larger than allowed");
        }
        updateDue = false;
        table.limitTo(bytes);
    }

    private HeaderField field(ByteBuffer block, int start) {
        if ((start & 0x80) != 0) {
            return indexed(integer(block, start, 0x7f));
        }
        boolean kept = (start & 0x40) != 0;
        int nameIndex = integer(block, start, kept ? 0x3f : 0x0f);
        String name = nameIndex == 0 ? string(block) : indexed(nameIndex).name();
        boolean secret = !kept && (start & 0x10) != 0;
        HeaderField field = new HeaderField(name, string(block), secret);
        if (kept) {
            table.add(field);
        }
        return field;
    }

    private HeaderField indexed(int index) {
        if (index == 0 || index > StaticTable.LAST + table.count()) {
            throw error("no field has index " + index);
        }
        return index <= StaticTable.LAST ? StaticTable.get(index) : table.get(index - StaticTable.LAST - 1);
    }

    private String string(ByteBuffer block) {
        int start = next(block);
        int lengthBytes = integer(block, start, 0x7f);
        if (lengthBytes > block.remaining()) {
            throw error("string longer than its block");
        }
        boolean huffman = (start & 0x80) != 0;
        int room = huffman ? HuffmanDecoder.maxDecodedBytes(lengthBytes) : lengthBytes;
        if (scratch.length < room) {
            scratch = new byte[Integer.highestOneBit(room) << 1];
        }
        int length = lengthBytes;
        if (huffman) {
            length = HuffmanDecoder.decode(block, lengthBytes, scratch);
        } else {
            block.get(scratch, 0, lengthBytes);
        }
        return new String(scratch, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** An integer whose first bits stand in {@code start} under {@code mask} (RFC 7541 5.1). */
    private static int integer(ByteBuffer block, int start, int mask) {
        int value = start & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= MAX_INTEGER_SHIFT; shift += 7) {
            int octet = next(block);
            value += (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw error("integer too long");
    }

    private static int next(ByteBuffer block) {
        if (!block.hasRemaining()) {
            throw error("block ends inside a field");
        }
        return block.get() & 0xff;
    }

    private static ProtocolException error(String what) {
        return new ProtocolException(COMPRESSION_ERROR, what);
    }
}
