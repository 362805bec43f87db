package io.lws.http.h2;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a client begins with (RFC 9113 3.4): a request that no HTTP/1 server can mistake. */
final class H2Preface {
    static final String TEXT = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    static final int BYTES = TEXT.length();

    private static final byte[] OCTETS = TEXT.getBytes(StandardCharsets.US_ASCII);

    private H2Preface() {}

    static void write(ByteBuffer out) {
        out.put(OCTETS);
    }

    /** Reads on at {@code from}; returns how many octets there were, or says at the first wrong one that it is none. */
    static int read(ByteBuffer in, int from) {
        int at = from;
        while (at < BYTES && in.hasRemaining()) {
            if (in.get() != OCTETS[at]) {
                throw new ProtocolException(H2Error.PROTOCOL_ERROR, "no preface of HTTP/2");
            }
            at++;
        }
        return at - from;
    }
}
