package io.lws.raw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tells by its first bytes whether a stream is HTTP: a method that is one, and a space (RFC 9112 3; RFC 9113 3.4). */
enum HttpStart {
    HTTP,
    OTHER,
    /** As far as it goes it could be either. */
    MORE;

    /** PRI is how HTTP/2 begins. */
    private static final List<byte[]> METHODS = List.of(
                    "GET ",
                    "POST ",
                    "HEAD ",
                    "PUT ",
                    "DELETE ",
                    "OPTIONS ",
                    "PATCH ",
                    "CONNECT ",
                    "TRACE ",
                    "PRI ",
                    "PROPFIND ",
                    "PROPPATCH ",
                    "MKCOL ",
                    "COPY ",
                    "MOVE ",
                    "LOCK ",
                    "UNLOCK ",
                    "REPORT ",
                    "SEARCH ")
            .stream()
            .map(each -> each.getBytes(StandardCharsets.US_ASCII))
            .toList();

    /** Moves nothing. An empty line may stand before a request (RFC 9112 2.2). */
    static HttpStart of(ByteBuffer in) {
        int at = in.position();
        while (at < in.limit() && (in.get(at) == '\r' || in.get(at) == '\n') && at - in.position() < 2) {
            at++;
        }
        HttpStart best = OTHER;
        for (byte[] method : METHODS) {
            int n = Math.min(method.length, in.limit() - at);
            if (matches(in, at, method, n)) {
                best = n == method.length ? HTTP : MORE;
                if (best == HTTP) {
                    return HTTP;
                }
            }
        }
        return best;
    }

    private static boolean matches(ByteBuffer in, int at, byte[] method, int n) {
        for (int i = 0; i < n; i++) {
            if (in.get(at + i) != method[i]) {
                return false;
            }
        }
        return true;
    }
}
