package io.lws.tls;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a vhost is chosen by: the name and the protocols of a ClientHello (RFC 8446 §4.1.2, RFC 6066 §3, RFC 7301).
 * Everything else in it is the engine's business and only stepped over.
 *
 * @param serverName in lower case and without a dot at its end; {@code null} where the client names none
 * @param alpn in the client's order; empty where it offers none
 * @param sessionId what a TLS 1.2 server echoes to say that it resumes
 */
record ClientHello(@Nullable String serverName, List<String> alpn, byte[] sessionId) {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int HOST_NAME = 0;
    private static final int MAX_NAME_BYTES = 255;
    private static final int VECTOR_16 = 0xffff;

    /** {@code body} is the message without its header. @throws ProtocolException with the alert for what is wrong */
    static ClientHello parse(ByteBuffer body) {
        ByteReader in = new ByteReader(body);
        in.skip(2 + 32);
        byte[] sessionId = in.vector(1, 0, 32).rest();
        in.vector(2, 2, VECTOR_16);
        in.vector(1, 1, 255);
        Extensions found = new Extensions();
        if (in.hasMore()) {
            found.read(in.vector(2, 0, VECTOR_16));
        }
        in.end();
        return new ClientHello(found.serverName, found.alpn, sessionId);
    }

    /** The extensions that matter here; each may stand once. */
    private static final class Extensions {
        private final Set<Integer> seen = new HashSet<>();
        private @Nullable String serverName;
        private List<String> alpn = List.of();

        void read(ByteReader in) {
            while (in.hasMore()) {
                int type = in.number(2);
                ByteReader body = in.vector(2, 0, VECTOR_16);
                if (!seen.add(type)) {
                    throw new ProtocolException(TlsAlert.ILLEGAL_PARAMETER, "an extension stands twice");
                }
                if (type == SERVER_NAME) {
                    readNames(body);
                } else if (type == ALPN) {
                    readProtocols(body);
                }
            }
        }

        private void readNames(ByteReader body) {
            ByteReader names = body.vector(2, 1, VECTOR_16);
            body.end();
            while (names.hasMore()) {
                int type = names.number(1);
                byte[] name = names.vector(2, 1, VECTOR_16).rest();
                if (type == HOST_NAME) {
                    if (serverName != null) {
                        throw new ProtocolException(TlsAlert.ILLEGAL_PARAMETER, "two server names");
                    }
                    serverName = hostName(name);
                }
            }
        }

        private void readProtocols(ByteReader body) {
            ByteReader names = body.vector(2, 2, VECTOR_16);
            body.end();
            List<String> offered = new ArrayList<>(4);
            while (names.hasMore()) {
                offered.add(new String(names.vector(1, 1, 255).rest(), StandardCharsets.ISO_8859_1));
            }
            alpn = List.copyOf(offered);
        }
    }

    private static String hostName(byte[] bytes) {
        int length = bytes[bytes.length - 1] == '.' ? bytes.length - 1 : bytes.length;
        if (length == 0 || length > MAX_NAME_BYTES) {
            throw badName();
        }
        for (int i = 0; i < length; i++) {
            if (!isNameByte(bytes[i])) {
                throw badName();
            }
        }
        return new String(bytes, 0, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static boolean isNameByte(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == ':';
    }

    private static ProtocolException badName() {
        return new ProtocolException(TlsAlert.ILLEGAL_PARAMETER, "the server name is no host name");
    }
}
