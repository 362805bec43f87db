package io.lws.http;

/** {@code uri-host [ ":" port ]} (RFC 9110 7.2, RFC 3986 3.2.2), without user information. */
public final class Authority {
    private static final int MAX_CHARS = 262; // a DNS name of 255, a colon, a port
    private static final String REG_NAME_MARKS = "-._~!$&'()*+,;=";

    private Authority() {}

    /** Whether {@code text} may stand in a {@code Host} field. Empty may: it says that the target has no authority. */
    public static boolean isValid(String text) {
        if (text.isEmpty()) {
            return true;
        }
        if (text.length() > MAX_CHARS) {
            return false;
        }
        int hostEnd = text.charAt(0) == '[' ? ipLiteralEnd(text) : regNameEnd(text);
        return hostEnd > 0 && isPortOrEnd(text, hostEnd);
    }

    /** The host of a valid authority, without port; brackets of an IPv6 address stay. */
    public static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.endsWith("]") ? authority : authority.substring(0, colon);
    }

    private static int ipLiteralEnd(String text) {
        int close = text.indexOf(']');
        if (close < 3) {
            return -1;
        }
        for (int i = 1; i < close; i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 0x7f) {
                return -1;
            }
        }
        return close + 1;
    }

    private static int regNameEnd(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) != ':') {
            char c = text.charAt(at);
            if (c == '%' && isPercentEncoded(text, at)) {
                at += 3;
            } else if (isAlphanumeric(c) || REG_NAME_MARKS.indexOf(c) >= 0 && c != ',') {
                at++; // a comma is legal in a reg-name, but in a Host field it is a list that somebody joined
            } else {
                return -1;
            }
        }
        return at;
    }

    private static boolean isPercentEncoded(String text, int at) {
        return at + 2 < text.length() && hex(text.charAt(at + 1)) >= 0 && hex(text.charAt(at + 2)) >= 0;
    }

    private static boolean isPortOrEnd(String text, int at) {
        if (at == text.length()) {
            return true;
        }
        if (text.charAt(at) != ':' || text.length() - at > 6) {
            return false;
        }
        int port = 0;
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + c - '0';
        }
        return port <= 65535;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
