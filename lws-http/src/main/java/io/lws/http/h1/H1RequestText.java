package io.lws.http.h1;

import io.lws.http.Headers;
import io.lws.http.HttpMethod;
import io.lws.http.wire.WireRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The head of a request as octets (RFC 9112 3). */
final class H1RequestText {
    private H1RequestText() {}

    static byte[] of(WireRequest request) {
        StringBuilder start = new StringBuilder(256);
        start.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        start.append("Host: ").append(request.authority()).append("\r\n");
        byte[] before = ascii(start.toString());
        byte[] behind = ascii(framing(request) + connection(request) + "\r\n");
        Headers headers = request.headers();
        ByteBuffer text = ByteBuffer.allocate(before.length + headers.h1Bytes() + behind.length);
        text.put(before);
        headers.writeH1(text);
        return text.put(behind).array();
    }

    /** A request whose method usually has content says so when there is none (RFC 9110 8.6). */
    private static String framing(WireRequest request) {
        HttpMethod method = request.method();
        boolean usual = method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
        if (request.bodyBytes() == WireRequest.NO_BODY) {
            return usual ? "Content-Length: 0\r\n" : "";
        }
        return request.bodyBytes() == WireRequest.UNKNOWN_LENGTH
                ? "Transfer-Encoding: chunked\r\n"
                : "Content-Length: " + request.bodyBytes() + "\r\n";
    }

    private static String connection(WireRequest request) {
        return request.upgrade().isEmpty() ? "" : "Connection: Upgrade\r\nUpgrade: " + request.upgrade() + "\r\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
