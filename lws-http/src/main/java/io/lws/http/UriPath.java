package io.lws.http;

import java.nio.charset.StandardCharsets;

/** Paths on their way out: what may be sent in a Location, and what may be a mountpoint. */
public final class UriPath {
    private static final String PLAIN_MARKS = "-._~!$&'()*+,;=:@/";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private UriPath() {}

    /**
     * Percent-encodes a decoded path; slashes stay. What comes out is safe in a header field and in HTML attributes.
     */
    public static String encode(String path) {
        StringBuilder out = new StringBuilder(path.length() + 8);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean alphanumeric = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
            if (alphanumeric || b > 0 && PLAIN_MARKS.indexOf(b) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[b >> 4 & 0xf]).append(HEX[b & 0xf]);
            }
        }
        return out.toString();
    }

    /** The mountpoint without a slash at its end, so that it is compared on segment borders only. */
    static String requireMountpoint(String mountpoint) {
        boolean odd = mountpoint.contains("//") || mountpoint.contains("/.") || mountpoint.indexOf('\\') >= 0;
        if (!mountpoint.startsWith("/") || odd && !mountpoint.startsWith("/.well-known")) {
            throw new IllegalArgumentException("mountpoint must be an absolute, normalised path, not " + mountpoint);
        }
        boolean slashAtEnd = mountpoint.length() > 1 && mountpoint.endsWith("/");
        return slashAtEnd ? mountpoint.substring(0, mountpoint.length() - 1) : mountpoint;
    }
}
