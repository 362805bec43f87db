package io.lws.ws;

import io.lws.ProtocolException;

/** Reads the list grammar of HTTP field values (RFC 9110 5.6) from left to right; whatever does not fit is a 400. */
final class HeaderCursor {
    private final String value;
    private int at;

    HeaderCursor(String value) {
        this.value = value;
    }

    static ProtocolException malformed(String what) {
        return new ProtocolException(400, "malformed " + what);
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HeaderCursor::isTokenChar);
    }

    /** One of {@code ALPHA DIGIT !#$%&'*+-.^_`|~}. */
    private static boolean isTokenChar(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    boolean atEnd() {
        skipSpace();
        return at == value.length();
    }

    /** Takes {@code c} if it is what comes next behind optional space. */
    boolean take(char c) {
        if (atEnd() || value.charAt(at) != c) {
            return false;
        }
        at++;
        return true;
    }

    /** The token that must come next; {@code what} names the field in the error. */
    String token(String what) {
        skipSpace();
        int start = at;
        while (at < value.length() && isTokenChar(value.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed(what);
        }
        return value.substring(start, at);
    }

    /** The token that must come next, bare or as what a quoted string holds (RFC 6455 9.1 asks for a token within). */
    String tokenOrQuoted(String what) {
        if (!take('"')) {
            return token(what);
        }
        StringBuilder text = new StringBuilder();
        while (at < value.length() && value.charAt(at) != '"') {
            if (value.charAt(at) == '\\' && ++at == value.length()) {
                break;
            }
            text.append(value.charAt(at++));
        }
        if (at == value.length() || !isToken(text.toString())) {
            throw malformed(what);
        }
        at++;
        return text.toString();
    }

    private void skipSpace() {
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
    }
}
