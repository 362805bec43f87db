package io.lws.http;

import java.util.Arrays;

/** The character classes of RFC 9110 5.6.2, for text that comes from code: a violation is the caller's mistake. */
final class Tokens {
    private static final boolean[] TCHAR = new boolean[128];

    static {
        Arrays.fill(TCHAR, '0', '9' + 1, true);
        Arrays.fill(TCHAR, 'a', 'z' + 1, true);
        Arrays.fill(TCHAR, 'A', 'Z' + 1, true);
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TCHAR[c] = true;
        }
    }

    private Tokens() {}

    static boolean isTchar(char c) {
        return c < 128 && TCHAR[c];
    }

    static String requireToken(String text, String what) {
        if (text.isEmpty() || !text.chars().allMatch(c -> isTchar((char) c))) {
            throw new IllegalArgumentException(what + " is not a token");
        }
        return text;
    }

    /**
     * The value without surrounding blanks; refuses what would end the field or cannot be sent as one octet per char.
     */
    static String requireFieldValue(String value, String name) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(
                        "value of " + name + " holds a control or non-Latin-1 character at " + i);
            }
        }
        return value.strip();
    }
}
