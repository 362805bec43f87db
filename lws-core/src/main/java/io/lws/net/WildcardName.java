package io.lws.net;

/** A name with a wildcard for its leftmost label, as certificates and vhosts have it (RFC 9525). */
public final class WildcardName {
    private WildcardName() {}

    /**
     * {@code *.example.com} is for a.example.com, not for example.com, a.b.example.com or anything under {@code *.com}.
     * Case does not count; false for a pattern without a wildcard.
     */
    public static boolean isFor(String pattern, String name) {
        int dot = name.indexOf('.');
        return pattern.startsWith("*.")
                && pattern.indexOf('.', 2) > 0
                && dot > 0
                && name.length() - dot == pattern.length() - 1
                && name.regionMatches(true, dot, pattern, 1, pattern.length() - 1);
    }
}
