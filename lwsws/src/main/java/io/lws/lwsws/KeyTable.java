package io.lws.lwsws;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What each key of one kind of object means. Immutable once built. */
final class KeyTable<T> {
    private final Map<String, Key<T>> keys;

    private KeyTable(Map<String, Key<T>> keys) {
        this.keys = Map.copyOf(keys);
    }

    private enum Times {
        ONCE,
        ANY
    }

    private record Key<T>(String spelling, Times times, String remark, BiConsumer<T, Value> action) {}

    static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Every spelling it knows, with what is to be said of it, which is nothing for keys that simply work. */
    Map<String, String> remarks() {
        Map<String, String> remarks = new TreeMap<>();
        keys.forEach((name, key) -> remarks.put(name, key.remark));
        return remarks;
    }

    /** Applies every member of {@code object} to {@code target}; reports what is unknown or there twice. */
    void read(Value object, T target) {
        Set<String> seen = new HashSet<>();
        for (Value member : object.members()) {
            Key<T> key = keys.get(member.name());
            if (key == null) {
                member.problemAtKey(
                        "unknown key; the nearest known key is " + NearestWord.to(member.name(), keys.keySet()));
            } else if (!seen.add(key.spelling) && key.times == Times.ONCE) {
                member.problemAtKey("is given twice");
            } else {
                key.action.accept(target, member);
            }
        }
    }

    static final class Builder<T> {
        private final Map<String, Key<T>> keys = new HashMap<>();

        private Builder() {}

        /** A key that does something. */
        Builder<T> key(String name, BiConsumer<T, Value> action) {
            return add(name, new Key<>(name, Times.ONCE, "", action));
        }

        private Builder<T> remarked(String name, String remark, BiConsumer<T, Value> action) {
            return add(name, new Key<>(name, Times.ONCE, remark, action));
        }

        /** A key that may be written several times. */
        Builder<T> repeatable(String name, BiConsumer<T, Value> action) {
            return add(name, new Key<>(name, Times.ANY, "", action));
        }

        /** Another spelling, which lws' documentation has but not its code. */
        Builder<T> alias(String spelling, String of) {
            Key<T> meant = keys.get(of);
            if (meant == null) {
                throw new IllegalArgumentException("no key " + of + " for the alias " + spelling);
            }
            return add(spelling, new Key<>(of, meant.times, "another spelling of " + of, (target, value) -> {
                value.note("is read as " + of + ", which is how the key is spelt");
                meant.action.accept(target, value);
            }));
        }

        /** Keys that are accepted and change nothing, and why that is well. */
        Builder<T> withoutEffect(String why, String... names) {
            for (String name : names) {
                remarked(name, "has no effect: " + why, (target, value) -> value.note("has no effect here: " + why));
            }
            return this;
        }

        /** Keys that cannot be left out of account without serving something else than was meant. */
        Builder<T> refused(String why, String... names) {
            for (String name : names) {
                remarked(name, "is refused: " + why, (target, value) -> value.problemAtKey(why));
            }
            return this;
        }

        KeyTable<T> build() {
            return new KeyTable<>(keys);
        }

        private Builder<T> add(String name, Key<T> key) {
            if (keys.putIfAbsent(name, key) != null) {
                throw new IllegalArgumentException("key " + name + " has a meaning already");
            }
            return this;
        }
    }
}
