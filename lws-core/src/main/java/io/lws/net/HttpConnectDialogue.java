package io.lws.net;

import io.lws.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A CONNECT request and its answer (RFC 9110 9.3.6), whose fields, if any, mean nothing to us. */
final class HttpConnectDialogue implements ProxyDialogue {
    private static final int MAX_ANSWER_BYTES = 16 << 10;
    private static final int STATUS_AT = 9;
    private static final int BAD_GATEWAY = 502;

    private final Proxy proxy;
    private final String authority;

    HttpConnectDialogue(Proxy proxy, String host, int port) {
        this.proxy = proxy;
        this.authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public byte[] greeting() {
        String credentials = proxy.basic().isEmpty() ? "" : "Proxy-Authorization: " + proxy.basic() + "\r\n";
        return ("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n" + credentials + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte @Nullable [] answer(ByteBuffer in) {
        int end = end(in);
        if (end < 0) {
            if (in.remaining() >= MAX_ANSWER_BYTES) {
                throw new ProtocolException(BAD_GATEWAY, "proxy answers without end");
            }
            return WAIT;
        }
        int status = status(in);
        in.position(end);
        if (status < 200 || status > 299) {
            throw new ProtocolException(status, "proxy answered " + status);
        }
        return null;
    }

    private static int end(ByteBuffer in) {
        for (int at = in.position() + 3; at < in.limit(); at++) {
            if (in.get(at) == '\n' && in.get(at - 1) == '\r' && in.get(at - 2) == '\n' && in.get(at - 3) == '\r') {
                return at + 1;
            }
        }
        return -1;
    }

    private static int status(ByteBuffer in) {
        byte[] line = new byte[Math.min(STATUS_AT + 4, in.remaining())];
        in.get(in.position(), line);
        String text = new String(line, StandardCharsets.ISO_8859_1);
        if (!text.matches("HTTP/1\\.[01] [1-5][0-9][0-9][ \r]")) {
            throw new ProtocolException(BAD_GATEWAY, "proxy answers something else than HTTP");
        }
        return Integer.parseInt(text.substring(STATUS_AT, STATUS_AT + 3));
    }
}
