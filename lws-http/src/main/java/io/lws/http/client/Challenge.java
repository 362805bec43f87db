package io.lws.http.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One way in which a server wants to be shown who asks (RFC 9110 11.3). Scheme and parameter names in lower case. */
record Challenge(String scheme, Map<String, String> parameters) {
    /** All challenges in the values of WWW-Authenticate; what cannot be read ends the list. */
    static List<Challenge> parse(List<String> values) {
        List<Challenge> found = new ArrayList<>();
        for (String value : values) {
            new Reader(value).read(found);
        }
        return found;
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** Walks {@code scheme 1*SP [ name "=" value *( "," name "=" value ) ]}, and further ones behind a comma. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void read(List<Challenge> found) {
            Challenge current = null;
            while (true) {
                skip(" \t,");
                String word = word();
                if (word.isEmpty()) {
                    return;
                }
                skip(" \t");
                if (at < text.length() && text.charAt(at) == '=' && current != null) {
                    at++;
                    skip(" \t");
                    String value = value();
                    if (value == null) {
                        return;
                    }
                    current.parameters.putIfAbsent(word, value);
                } else {
                    current = new Challenge(word, new HashMap<>());
                    found.add(current);
                }
            }
        }

        private void skip(String octets) {
            while (at < text.length() && octets.indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private String word() {
            int from = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).toLowerCase(Locale.ROOT);
        }

        private @Nullable String value() {
            if (at >= text.length() || text.charAt(at) != '"') {
                int from = at;
                while (at < text.length() && " \t,".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                return text.substring(from, at);
            }
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                value.append(c);
            }
            return null;
        }
    }
}
