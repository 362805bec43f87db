package io.lws.tls;

import java.nio.ByteBuffer;

/**
 * The five bytes in front of every record (RFC 8446 §5.1).
 *
 * <pre>
 *    0        1        2        3        4
 *   +--------+--------+--------+--------+--------+
 *   | type   | version 3.x     | length          | fragment ...
 *   +--------+--------+--------+--------+--------+
 * </pre>
 */
final class TlsRecord {
    static final int HEADER_BYTES = 5;
    static final int MAX_PLAIN_BYTES = 1 << 14;
    /** What TLS 1.2 allows encryption to add; TLS 1.3 allows less. */
    static final int MAX_BYTES = HEADER_BYTES + MAX_PLAIN_BYTES + 2048;

    static final byte CHANGE_CIPHER_SPEC = 20;
    static final byte ALERT = 21;
    static final byte HANDSHAKE = 22;
    static final byte APPLICATION_DATA = 23;

    private TlsRecord() {}

    /** What stands at the start of some bytes. */
    enum At {
        /** Not enough to say, or a record that is not all there. */
        PARTIAL,
        WHOLE,
        /** Nothing that could become a record; an engine will say what is wrong with it. */
        GARBAGE
    }

    /** Looks at {@code in} from its position; moves nothing. */
    static At at(ByteBuffer in) {
        int from = in.position();
        int length = in.remaining();
        if (length == 0) {
            return At.PARTIAL;
        }
        byte type = in.get(from);
        if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || (length > 1 && in.get(from + 1) != 3)) {
            return length < HEADER_BYTES ? At.PARTIAL : At.GARBAGE;
        }
        if (length < HEADER_BYTES) {
            return At.PARTIAL;
        }
        int whole = HEADER_BYTES + (in.getShort(from + 3) & 0xffff);
        if (whole > MAX_BYTES) {
            return At.GARBAGE;
        }
        return length < whole ? At.PARTIAL : At.WHOLE;
    }
}
