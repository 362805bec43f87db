package io.lws.http.form;

/**
 * A file in a form: the name of its field, what the client calls it, and what it says it is. None of it is to be trusted.
 *
 * @param clientName as sent; may hold anything, a path too
 */
public record FormFile(String field, String clientName, String contentType) {
    private static final int MAX_CHARS = 120;
    private static final String NAMELESS = "unnamed";

    /** The last part of its name with what is odd replaced: never empty, hidden, a path, or longer than a name may be. */
    public String safeName() {
        int slash = Math.max(clientName.lastIndexOf('/'), clientName.lastIndexOf('\\'));
        StringBuilder safe = new StringBuilder();
        clientName.substring(slash + 1).codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || "-_.()+ ".indexOf(c) >= 0;
            safe.appendCodePoint(plain ? c : '_');
        });
        int from = 0;
        while (from < safe.length() && (safe.charAt(from) == '.' || safe.charAt(from) == ' ')) {
            from++;
        }
        String name = safe.substring(from).strip();
        int tooLong = name.length() - MAX_CHARS;
        return name.isEmpty() ? NAMELESS : tooLong > 0 ? name.substring(tooLong) : name;
    }
}
