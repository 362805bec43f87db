package io.lws.http.hpack;

/**
 * One field as it stands in a table or comes out of a block, one char per octet. What is to be known about its text is
 * found out once: a field that comes a second time comes as the same object.
 */
public final class HeaderField {
    private static final int OVERHEAD_BYTES = 32; // RFC 7541 4.1
    private static final String TCHAR_MARKS = "!#$%&'*+-.^_`|~";
    private static final boolean[] NAME_CHARS = new boolean[256];

    static {
        for (int c = 0; c < NAME_CHARS.length; c++) {
            NAME_CHARS[c] = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || TCHAR_MARKS.indexOf(c) >= 0;
        }
    }

    private final String name;
    private final String value;
    private final boolean legal;
    private final boolean secret;

    /** Not checked, only looked at: see {@link #isLegal}. */
    public HeaderField(String name, String value) {
        this(name, value, false);
    }

    /** {@code secret}: its sender has marked it as never to be indexed. */
    public HeaderField(String name, String value, boolean secret) {
        this.name = name;
        this.value = value;
        this.secret = secret;
        legal = isLegalName(name) && isLegalValue(value);
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    /** Whether it is a pseudo-header field: its name begins with a colon. */
    public boolean isPseudo() {
        return name.length() > 1 && name.charAt(0) == ':';
    }

    /**
     * Whether HTTP/2 permits the octets it is made of (RFC 9113 8.2.1): a name in lower case, a value without NUL, CR or
     * LF and without blanks around it.
     */
    public boolean isLegal() {
        return legal;
    }

    /** Whether it has to be sent on as it came: as a literal that is never indexed (RFC 7541 6.2.3). */
    public boolean isSecret() {
        return secret;
    }

    /** What it counts in a table and in a header list. */
    public int sizeBytes() {
        return name.length() + value.length() + OVERHEAD_BYTES;
    }

    private static boolean isLegalName(String name) {
        int from = name.length() > 1 && name.charAt(0) == ':' ? 1 : 0;
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0xff || !NAME_CHARS[c]) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isLegalValue(String value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' && c != '\t' || c == 0x7f) {
                return false;
            }
        }
        return length == 0 || !isBlank(value.charAt(0)) && !isBlank(value.charAt(length - 1));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public String toString() {
        return name + ": " + value;
    }
}
