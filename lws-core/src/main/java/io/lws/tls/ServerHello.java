package io.lws.tls;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the proof of resumption off the wire, the same for every engine: a TLS 1.3 server that resumes says so by a
 * pre_shared_key extension in its ServerHello (RFC 8446 §4.2.11), a TLS 1.2 server by echoing the client's session id
 * (RFC 5246 §7.4.1.3, RFC 5077 §3.4).
 */
final class ServerHello {
    private static final int SERVER_HELLO = 2;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RANDOM_BYTES = 32;
    /** The random that makes a ServerHello a HelloRetryRequest begins with these (RFC 8446 §4.1.3). */
    private static final int RETRY_RANDOM = 0xCF21AD74;

    /** What a record says about resumption. */
    enum Verdict {
        /** No ServerHello in it. */
        NONE,
        FULL,
        RESUMED
    }

    private ServerHello() {}

    /** Looks at the record at {@code in}'s position; moves nothing. {@code sessionId} is what the client sent. */
    static Verdict look(ByteBuffer in, byte[] sessionId) {
        if (in.remaining() < TlsRecord.HEADER_BYTES || in.get(in.position()) != TlsRecord.HANDSHAKE) {
            return Verdict.NONE;
        }
        int length = Math.min(in.remaining() - TlsRecord.HEADER_BYTES, in.getShort(in.position() + 3) & 0xffff);
        ByteReader record = new ByteReader(in.slice(in.position() + TlsRecord.HEADER_BYTES, length));
        try {
            return record.number(1) == SERVER_HELLO ? verdict(record.vector(3, 0, length), sessionId) : Verdict.NONE;
        } catch (ProtocolException e) {
            // cut across records or broken: the engine will know
            return Verdict.NONE;
        }
    }

    /** The session id in the ClientHello at {@code in}'s position, a client's own first record. */
    static byte[] sessionIdOfClientHello(ByteBuffer in) {
        ByteReader record = new ByteReader(in.slice());
        record.skip(TlsRecord.HEADER_BYTES + 4 + 2 + RANDOM_BYTES);
        return record.vector(1, 0, 32).rest();
    }

    private static Verdict verdict(ByteReader hello, byte[] sessionId) {
        hello.skip(2);
        boolean retry = hello.number(4) == RETRY_RANDOM;
        hello.skip(RANDOM_BYTES - 4);
        byte[] echoed = hello.vector(1, 0, 32).rest();
        hello.skip(2 + 1);
        boolean versions = false;
        boolean preShared = false;
        ByteReader extensions = hello.hasMore() ? hello.vector(2, 0, 0xffff) : hello;
        while (extensions.hasMore()) {
            int type = extensions.number(2);
            extensions.vector(2, 0, 0xffff);
            versions |= type == SUPPORTED_VERSIONS;
            preShared |= type == PRE_SHARED_KEY;
        }
        if (retry) {
            return Verdict.NONE;
        }
        boolean echo = echoed.length > 0 && Arrays.equals(echoed, sessionId);
        return (versions ? preShared : echo) ? Verdict.RESUMED : Verdict.FULL;
    }
}
