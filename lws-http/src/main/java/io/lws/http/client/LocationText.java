package io.lws.http.client;

import java.util.Locale;

/** What servers write into a Location though no URI may hold it, made harmless as browsers do. */
final class LocationText {
    private static final String NEVER_LEGAL = "\"<>\\^`{|}";
    private static final String CLIMBING = "/..";

    private LocationText() {}

    /** Octets that no URI may hold, percent-encoded where a path or a query holds them; an authority stays as it is. */
    static String escaped(String reference) {
        int from = pathBegin(reference);
        int query = reference.indexOf('?');
        StringBuilder out = new StringBuilder(reference.length() + 8).append(reference, 0, from);
        for (int i = from; i < reference.length(); i++) {
            char c = reference.charAt(i);
            boolean bracket = (c == '[' || c == ']') && (query < 0 || i < query);
            boolean strayPercent = c == '%' && !isEncodedOctet(reference, i);
            if (c <= ' ' || c >= 0x7f || bracket || strayPercent || NEVER_LEGAL.indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Without the segments that would climb above the root (RFC 3986 5.2.4), which {@link java.net.URI} leaves there. */
    static String belowRoot(String pathAndQuery) {
        String rest = pathAndQuery;
        while (rest.startsWith(CLIMBING) && (rest.length() == CLIMBING.length() || "/?".indexOf(rest.charAt(3)) >= 0)) {
            rest = rest.substring(CLIMBING.length());
        }
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static int pathBegin(String reference) {
        int slashes = reference.indexOf("//");
        boolean authority = slashes == 0 || slashes > 0 && isScheme(reference.substring(0, slashes));
        if (!authority) {
            return 0;
        }
        int at = slashes + 2;
        while (at < reference.length() && "/?#".indexOf(reference.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static boolean isScheme(String withColon) {
        return withColon.matches("[A-Za-z][A-Za-z0-9+.-]*:");
    }

    private static boolean isEncodedOctet(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }
}
