package io.lws.tls;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;

/** Reads the presentation language of TLS (RFC 8446 §3): numbers and vectors with a length in front. */
final class ByteReader {
    private final ByteBuffer in;

    ByteReader(ByteBuffer in) {
        this.in = in;
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    int number(int bytes) {
        need(bytes);
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | (in.get() & 0xff);
        }
        return value;
    }

    void skip(int bytes) {
        need(bytes);
        in.position(in.position() + bytes);
    }

    /** A vector with {@code lengthBytes} of length in front, of {@code min} to {@code max} bytes. */
    ByteReader vector(int lengthBytes, int min, int max) {
        int length = number(lengthBytes);
        if (length < min || length > max) {
            throw decodeError();
        }
        need(length);
        ByteReader vector = new ByteReader(in.slice(in.position(), length));
        in.position(in.position() + length);
        return vector;
    }

    byte[] rest() {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    void end() {
        if (in.hasRemaining()) {
            throw decodeError();
        }
    }

    private void need(int bytes) {
        if (in.remaining() < bytes) {
            throw decodeError();
        }
    }

    static ProtocolException decodeError() {
        return new ProtocolException(TlsAlert.DECODE_ERROR, "a field of the hello does not fit its place");
    }
}
