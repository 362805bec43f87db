package io.lws.mqtt;

import org.jspecify.annotations.Nullable;

/** Where a broker sends a client (4.11): the first of HOST, HOST:PORT, [ADDRESS] or [ADDRESS]:PORT in a list. */
record ServerReference(String host, int port) {
    private static final int MAX_PORT = 65535;

    /** {@code null} for what is none of them. */
    static @Nullable ServerReference parse(String text, int defaultPort) {
        String first = text.trim().split("[ ,]", 2)[0];
        int hostEnd = first.startsWith("[") ? first.indexOf(']') : first.lastIndexOf(':') - 1;
        if (first.startsWith("[") && hostEnd < 0) {
            return null;
        }
        int colon = first.indexOf(':', Math.max(0, hostEnd));
        int port = colon < 0 ? defaultPort : number(first.substring(colon + 1));
        String host =
                (colon < 0 ? first : first.substring(0, colon)).replace("[", "").replace("]", "");
        return host.isEmpty() || port < 1 || port > MAX_PORT ? null : new ServerReference(host, port);
    }

    private static int number(String digits) {
        boolean plausible =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(Character::isDigit);
        return plausible ? Integer.parseInt(digits) : -1;
    }
}
