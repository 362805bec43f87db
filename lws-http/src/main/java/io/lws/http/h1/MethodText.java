package io.lws.http.h1;

import io.lws.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/** The method of a request line; known ones without making a string. */
final class MethodText {
    private static final HttpMethod[] KNOWN = {
        HttpMethod.GET,
        HttpMethod.POST,
        HttpMethod.HEAD,
        HttpMethod.PUT,
        HttpMethod.DELETE,
        HttpMethod.OPTIONS,
        HttpMethod.PATCH,
        HttpMethod.CONNECT,
        HttpMethod.TRACE
    };

    private MethodText() {}

    /** The method in {@code bytes[from, to)}, which are tchars. */
    static HttpMethod parse(byte[] bytes, int from, int to) {
        for (HttpMethod method : KNOWN) {
            if (isName(method.name(), bytes, from, to)) {
                return method;
            }
        }
        return HttpMethod.of(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }

    private static boolean isName(String name, byte[] bytes, int from, int to) {
        if (name.length() != to - from) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
