package io.lws.http;

import java.util.Objects;

/**
 * An entity tag (RFC 9110 8.8.3) in its quoted form: {@code "opaque"}, or {@code W/"opaque"} when weak. Immutable.
 */
public final class EntityTag {
    private final String text;

    private EntityTag(String text) {
        this.text = text;
    }

    /**
     * A strong tag; {@link IllegalArgumentException} when {@code opaque} holds a quote, a blank or a control
     * character.
     */
    public static EntityTag strong(String opaque) {
        return new EntityTag(quoted(opaque));
    }

    /** A weak tag: says "the same for its purpose", so it never matches where bytes must be equal. */
    public static EntityTag weak(String opaque) {
        return new EntityTag("W/" + quoted(opaque));
    }

    /** A strong tag for a file's state: any write that changes length or time changes it. */
    public static EntityTag ofFile(long lengthBytes, long modifiedMillis) {
        return new EntityTag('"' + Long.toHexString(modifiedMillis) + '-' + Long.toHexString(lengthBytes) + '"');
    }

    public boolean isWeak() {
        return text.startsWith("W/");
    }

    /** Whether this tag is in a field's list (or the list is {@code *}); weak comparison, for If-None-Match. */
    public boolean matchesWeakly(String fieldValue) {
        return isInList(fieldValue, isWeak() ? text.substring(2) : text, true);
    }

    /**
     * Whether this tag is in a field's list (or the list is {@code *}); strong comparison, for If-Match and If-Range.
     */
    public boolean matchesStrongly(String fieldValue) {
        return fieldValue.equals("*") || !isWeak() && isInList(fieldValue, text, false);
    }

    /** The value of an ETag field. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntityTag tag && tag.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Walks {@code [W/]"..." , ...}; commas may stand inside the quotes. Stops at the first malformed element. */
    private static boolean isInList(String list, String quoted, boolean weakToo) {
        if (list.equals("*")) {
            return true;
        }
        int at = 0;
        while (true) {
            at = skipSeparators(list, at);
            boolean weak = list.startsWith("W/\"", at);
            int open = weak ? at + 2 : at;
            int close = open < list.length() && list.charAt(open) == '"' ? list.indexOf('"', open + 1) : -1;
            if (close < 0) {
                return false;
            }
            boolean sameTag = close + 1 - open == quoted.length() && list.startsWith(quoted, open);
            if (sameTag && (weakToo || !weak)) {
                return true;
            }
            at = close + 1;
        }
    }

    private static int skipSeparators(String list, int from) {
        int at = from;
        while (at < list.length() && (list.charAt(at) == ',' || list.charAt(at) == ' ' || list.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static String quoted(String opaque) {
        if (!opaque.chars().allMatch(c -> c > ' ' && c != '"' && c != 0x7f && c <= 0xff)) {
            throw new IllegalArgumentException("character not allowed in an entity tag");
        }
        return '"' + opaque + '"';
    }
}
