package io.lws.mqtt.codec;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Data types of the wire (1.5) from a buffer whose limit is the end of what they may use. What goes beyond it is a
 * malformed packet.
 */
final class FieldDecoder {
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    int oneByte(ByteBuffer in) {
        need(in, 1);
        return in.get() & 0xff;
    }

    int twoByte(ByteBuffer in) {
        need(in, 2);
        return in.getShort() & 0xffff;
    }

    /** A packet identifier, which is never 0. */
    int packetId(ByteBuffer in) {
        int id = twoByte(in);
        if (id == 0) {
            throw Violations.protocolError("packet identifier 0");
        }
        return id;
    }

    long fourByte(ByteBuffer in) {
        need(in, 4);
        return in.getInt() & 0xffff_ffffL;
    }

    /** A variable byte integer: at most four bytes, no more than are needed. */
    int variable(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int b = oneByte(in);
            value |= (b & 0x7f) << shift;
            if (b < 0x80) {
                if (b == 0 && shift > 0) {
                    throw Violations.malformed("a length in more bytes than it needs");
                }
                return value;
            }
        }
        throw Violations.malformed("a length of more than four bytes");
    }

    ByteBuffer binary(ByteBuffer in) {
        int length = twoByte(in);
        need(in, length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    String text(ByteBuffer in) {
        int length = twoByte(in);
        need(in, length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        for (byte each : bytes) {
            if (each <= 0) {
                return carefully(bytes);
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Refuses overlong forms, surrogates and NUL. */
    private String carefully(byte[] bytes) {
        try {
            String text = utf8.decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw Violations.malformed("NUL in a text");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw Violations.malformed("a text that is not UTF-8");
        }
    }

    /** The whole packet must have been read. */
    static void expectEnd(ByteBuffer in) {
        if (in.hasRemaining()) {
            throw Violations.malformed(in.remaining() + " bytes behind the packet's last field");
        }
    }

    private static void need(ByteBuffer in, int bytes) throws ProtocolException {
        if (in.remaining() < bytes) {
            throw Violations.cutShort();
        }
    }
}
