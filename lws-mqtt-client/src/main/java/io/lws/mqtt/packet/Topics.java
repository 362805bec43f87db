package io.lws.mqtt.packet;

/** Rules for topic names, topic filters and text (MQTT 5.0, 1.5.4 and 4.7). */
public final class Topics {
    private static final int MAX_BYTES = 65535;
    private static final String SHARE = "$share/";

    private Topics() {}

    /** No wildcard, not empty. The encoding is the text's own matter. */
    public static boolean isName(String topic) {
        return !topic.isEmpty() && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
    }

    /** Wildcards alone in their level, {@code #} last; with {@code $share/NAME/} in front a shared subscription. */
    public static boolean isFilter(String filter) {
        if (filter.startsWith(SHARE)) {
            int nameEnd = filter.indexOf('/', SHARE.length());
            return nameEnd > SHARE.length()
                    && isName(filter.substring(SHARE.length(), nameEnd))
                    && hasLegalLevels(filter.substring(nameEnd + 1));
        }
        return hasLegalLevels(filter);
    }

    private static boolean hasLegalLevels(String filter) {
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            boolean aloneBefore = i == 0 || filter.charAt(i - 1) == '/';
            boolean last = i + 1 == filter.length();
            if (c == '#' && !(aloneBefore && last)) {
                return false;
            }
            if (c == '+' && !(aloneBefore && (last || filter.charAt(i + 1) == '/'))) {
                return false;
            }
        }
        return !filter.isEmpty();
    }

    /** Whether messages of {@code topic} answer {@code filter}; the group's name of a shared one does not matter. */
    public static boolean matches(String filter, String topic) {
        int f = filter.startsWith(SHARE) ? filter.indexOf('/', SHARE.length()) + 1 : 0;
        if (topic.startsWith("$") && f < filter.length() && "+#".indexOf(filter.charAt(f)) >= 0) {
            return false;
        }
        int t = 0;
        while (f < filter.length()) {
            char c = filter.charAt(f);
            if (c == '#') {
                return true;
            }
            if (c == '+') {
                t = levelEnd(topic, t);
                f++;
            } else if (t < topic.length() && c == topic.charAt(t)) {
                t++;
                f++;
            } else {
                return isParentOfAll(filter, f, topic, t);
            }
        }
        return t == topic.length();
    }

    /** {@code a/#} answers {@code a} too. */
    private static boolean isParentOfAll(String filter, int f, String topic, int t) {
        return t == topic.length() && filter.startsWith("/#", f);
    }

    private static int levelEnd(String topic, int from) {
        int end = topic.indexOf('/', from);
        return end < 0 ? topic.length() : end;
    }

    /** @throws IllegalArgumentException for what no broker could take */
    public static String requireName(String topic) {
        if (!isName(topic)) {
            throw new IllegalArgumentException("no topic name: " + topic);
        }
        return requireText(topic);
    }

    /** @throws IllegalArgumentException for what no broker could take */
    public static String requireFilter(String filter) {
        if (!isFilter(filter)) {
            throw new IllegalArgumentException("no topic filter: " + filter);
        }
        return requireText(filter);
    }

    /** @throws IllegalArgumentException unless {@code text} can be sent: no NUL, no lone surrogate, at most 65535 bytes */
    public static String requireText(String text) {
        if (!isText(text)) {
            throw new IllegalArgumentException("text too long, or with a NUL or half a surrogate pair in it");
        }
        return text;
    }

    static boolean isText(String text) {
        int bytes = utf8Bytes(text);
        return bytes >= 0 && bytes <= MAX_BYTES && text.indexOf('\0') < 0;
    }

    /** -1 where there are none: half a surrogate pair has no encoding. */
    private static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return -1;
                }
                i++;
                bytes += 4;
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }
}
