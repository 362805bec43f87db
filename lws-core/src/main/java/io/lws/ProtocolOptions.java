package io.lws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Options a vhost gives a protocol (lws: pvo): an immutable, ordered tree of names and values. Values are text, as in
 * lws; the typed getters convert and name the whole key in what they throw. A value may itself be a tree.
 */
public final class ProtocolOptions {
    /** No option at all. */
    public static final ProtocolOptions NONE = new ProtocolOptions("", Map.of());

    private final String path;
    private final Map<String, Object> values;

    private ProtocolOptions(String path, Map<String, Object> values) {
        this.path = path;
        this.values = values;
    }

    public static Builder builder() {
        return new Builder("");
    }

    /** {@code path} says where the options stand in a configuration and is put before each key in errors. */
    public static Builder builder(String path) {
        return new Builder(path);
    }

    /** One option. */
    public static ProtocolOptions of(String key, String value) {
        return builder().put(key, value).build();
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** @throws IllegalArgumentException where the option is absent or not text */
    public String string(String key) {
        String value = text(key);
        if (value == null) {
            throw new IllegalArgumentException("option \"" + where(key) + "\" is required");
        }
        return value;
    }

    /** @throws IllegalArgumentException where the option is a list or a tree */
    public String string(String key, String fallback) {
        String value = text(key);
        return value == null ? fallback : value;
    }

    /** @throws IllegalArgumentException where the option is there and no whole number of 32 bits */
    public int integer(String key, int fallback) {
        String value = text(key);
        return value == null ? fallback : number(key, value, "a whole number");
    }

    private int number(String key, String value, String wanted) {
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            throw bad(key, value, wanted);
        }
    }

    /** True for {@code true on yes 1} and any other nonzero number, as lws reads booleans; false for the opposites. */
    public boolean bool(String key, boolean fallback) {
        String value = text(key);
        if (value == null) {
            return fallback;
        }
        switch (value.trim().toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes":
                return true;
            case "false", "off", "no", "":
                return false;
            default:
                return number(key, value, "a boolean") != 0;
        }
    }

    /** A whole number of milliseconds, not below 0. */
    public Duration millis(String key, Duration fallback) {
        String value = text(key);
        if (value == null) {
            return fallback;
        }
        int millis = number(key, value, "a number of milliseconds");
        if (millis < 0) {
            throw bad(key, value, "a number of milliseconds");
        }
        return Duration.ofMillis(millis);
    }

    /** The nested tree under {@code key}, empty where absent. */
    public ProtocolOptions options(String key) {
        Object value = values.get(key);
        if (value == null) {
            return new ProtocolOptions(where(key), Map.of());
        }
        if (value instanceof ProtocolOptions tree) {
            // a tree built without saying where it stands stands here
            return tree.path.isEmpty() ? new ProtocolOptions(where(key), tree.values) : tree;
        }
        throw bad(key, value.toString(), "an object");
    }

    /** The texts under {@code key}: a list, or a single text as a list of one; empty where absent. */
    public List<String> strings(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(each -> texts.add(String.valueOf(each)));
            return texts;
        }
        return List.of(string(key));
    }

    private @Nullable String text(String key) {
        Object value = values.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw bad(key, value.toString(), "text");
    }

    private IllegalArgumentException bad(String key, String value, String wanted) {
        return new IllegalArgumentException(
                "option \"" + where(key) + "\" is \"" + value + "\" where " + wanted + " is wanted");
    }

    private String where(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** Keeps the order options are put in; the last of one name wins. */
    public static final class Builder {
        private final String path;
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder(String path) {
            this.path = path;
        }

        public Builder put(String key, String value) {
            values.put(key, value);
            return this;
        }

        public Builder put(String key, List<String> value) {
            values.put(key, List.copyOf(value));
            return this;
        }

        public Builder put(String key, ProtocolOptions value) {
            values.put(key, value);
            return this;
        }

        public ProtocolOptions build() {
            return new ProtocolOptions(path, Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }
    }
}
