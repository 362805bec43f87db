package io.lws.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Header fields to send: immutable, ordered, names case-insensitive, encoded for HTTP/1 once when made. Make them once
 * (a {@code static final}, a field of the protocol) and send them many times: sending is then one copy.
 *
 * <p>A name that is not a token, or a value with CR, LF, NUL or another control character, is an
 * {@link IllegalArgumentException} at once. Blanks around a value are dropped; characters above U+00FF are refused.
 */
public final class Headers {
    public static final Headers EMPTY = new Builder().build();

    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "proxy-authorization");

    private final String[] lowerNames;
    private final String[] values;
    private final byte[] h1Block;
    private final boolean framing;
    private final BitSet secrets;

    private Headers(Builder builder) {
        lowerNames = builder.lowerNames.toArray(String[]::new);
        values = builder.values.toArray(String[]::new);
        h1Block = builder.block.toString().getBytes(StandardCharsets.ISO_8859_1);
        framing = builder.framing;
        secrets = (BitSet) builder.secrets.clone();
    }

    /** Name, value, name, value, ... */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + namesAndValues.length + " strings");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int size() {
        return values.length;
    }

    /** In lower case, whatever was given. */
    public String name(int index) {
        return lowerNames[index];
    }

    public String value(int index) {
        return values[index];
    }

    /** Whether neither the peer nor anybody behind it may keep that field in a table (RFC 7541 7.1.3). */
    public boolean isSecret(int index) {
        return secrets.get(index);
    }

    /** The first value of that name, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < lowerNames.length; i++) {
            if (lowerNames[i].equalsIgnoreCase(name)) {
                return values[i];
            }
        }
        return null;
    }

    /** All values of that name, in order. */
    public List<String> all(String name) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lowerNames.length; i++) {
            if (lowerNames[i].equalsIgnoreCase(name)) {
                found.add(values[i]);
            }
        }
        return found;
    }

    /** These fields with one value for that name, in place of what it had. */
    public Headers with(String name, String value) {
        return builderWithout(each -> each.equalsIgnoreCase(name))
                .add(name, value)
                .build();
    }

    /** These fields but for those whose name, in lower case, is one to drop. */
    public Headers without(Predicate<String> dropped) {
        return builderWithout(dropped).build();
    }

    /** As another origin may see them: without what proves who is asking. */
    public Headers withoutCredentials() {
        return without(CREDENTIALS::contains);
    }

    private Builder builderWithout(Predicate<String> dropped) {
        Builder builder = new Builder();
        for (int i = 0; i < values.length; i++) {
            if (!dropped.test(lowerNames[i])) {
                builder.add(lowerNames[i], values[i], secrets.get(i));
            }
        }
        return builder;
    }

    /** A builder that begins with these fields. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.lowerNames.addAll(List.of(lowerNames));
        builder.values.addAll(List.of(values));
        builder.block.append(new String(h1Block, StandardCharsets.ISO_8859_1));
        builder.framing = framing;
        builder.secrets.or(secrets);
        return builder;
    }

    /** Whether a field is among them that the sender of a message writes itself: framing, connection, date. */
    public boolean hasFramingFields() {
        return framing;
    }

    /** Length of the HTTP/1 form, which is each field as {@code name: value CRLF}. */
    public int h1Bytes() {
        return h1Block.length;
    }

    /** Copies the HTTP/1 form into {@code out}, which must have room for {@link #h1Bytes()}. */
    public void writeH1(ByteBuffer out) {
        out.put(h1Block);
    }

    /** Collects fields in order. Not thread-safe. */
    public static final class Builder {
        private final List<String> lowerNames = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private final StringBuilder block = new StringBuilder();
        private final BitSet secrets = new BitSet();
        private boolean framing;

        private Builder() {}

        /**
         * A field that HTTP/2 marks as a secret: it stands in no table of the peer's, nor of whoever is behind. What proves
         * who is asking, and cookies, are secrets anyway.
         */
        public Builder addSecret(String name, String value) {
            return add(name, value, true);
        }

        /** A field, secret or not. */
        public Builder add(String name, String value, boolean secret) {
            secrets.set(values.size(), secret);
            return add(name, value);
        }

        public Builder add(String name, String value) {
            String lower = Tokens.requireToken(name, "header name").toLowerCase(Locale.ROOT);
            String clean = Tokens.requireFieldValue(value, lower);
            lowerNames.add(lower);
            values.add(clean);
            block.append(name).append(": ").append(clean).append("\r\n");
            framing |= isFraming(lower);
            return this;
        }

        public Headers build() {
            return new Headers(this);
        }

        private static boolean isFraming(String lower) {
            return switch (lower) {
                case "content-length", "transfer-encoding", "connection", "date" -> true;
                default -> false;
            };
        }
    }
}
