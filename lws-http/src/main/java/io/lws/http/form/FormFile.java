package io.lws.http.form;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A file in a form: the name of its field, what the client calls it, and what it says it is. None of it is to be trusted.
 *
 * @param clientName as sent; may hold anything, a path too
 */
public record FormFile(String field, String clientName, String contentType) {
    private static final int MAX_CHARS = 120;
    /** File systems have room for 255 at most. */
    private static final int MAX_BYTES = 240;

    private static final String NAMELESS = "unnamed";
    /** What the JDK writes the names of files in: by the locale, and in C or POSIX that is ASCII. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    /** The last part of its name with what is odd replaced: never empty, hidden, a path, or longer than a name may be. */
    public String safeName() {
        return safeName(NAMES);
    }

    /** {@code charset} is that of file names: what it lacks is odd. */
    String safeName(Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        int slash = Math.max(clientName.lastIndexOf('/'), clientName.lastIndexOf('\\'));
        StringBuilder safe = new StringBuilder();
        clientName.substring(slash + 1).codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || "-_.()+ ".indexOf(c) >= 0;
            safe.append(plain && encoder.canEncode(Character.toString(c)) ? Character.toString(c) : "_");
        });
        String end = endOf(safe.toString());
        int from = 0;
        while (from < end.length() && (end.charAt(from) == '.' || end.charAt(from) == ' ')) {
            from++;
        }
        String name = end.substring(from).strip();
        return name.isEmpty() ? NAMELESS : name;
    }

    /** As much of its end, where the extension is, as a name may have. */
    private static String endOf(String name) {
        int from = Math.max(0, name.length() - MAX_CHARS);
        while (name.substring(from).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            from++;
        }
        boolean halfPair = from > 0 && from < name.length() && Character.isLowSurrogate(name.charAt(from));
        return name.substring(halfPair ? from + 1 : from);
    }
}
