package io.lws.mqtt.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one packet, in their order. Values are {@code Long} for numbers, {@code String}, read-only {@code
 * ByteBuffer} or {@link Pair}.
 */
public record MqttProperties(List<Entry> entries) {
    public static final MqttProperties NONE = new MqttProperties(List.of());

    /** One property. */
    public record Entry(MqttProperty property, Object value) {
        public Entry {
            if (!property.canBe(value)) {
                throw new IllegalArgumentException(property + " cannot be " + value);
            }
        }
    }

    /** A user property. */
    public record Pair(String name, String value) {
        public Pair {
            Topics.requireText(name);
            Topics.requireText(value);
        }
    }

    public MqttProperties {
        entries = List.copyOf(entries);
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public boolean has(MqttProperty property) {
        return find(property) != null;
    }

    /** The first value of that property, or {@code fallback}. */
    public long number(MqttProperty property, long fallback) {
        return find(property) instanceof Long number ? number : fallback;
    }

    public @Nullable String text(MqttProperty property) {
        return find(property) instanceof String text ? text : null;
    }

    /** A view of its own of the bytes. */
    public @Nullable ByteBuffer binary(MqttProperty property) {
        return find(property) instanceof ByteBuffer bytes ? bytes.duplicate() : null;
    }

    /** The user properties, in their order; names may repeat. */
    public List<Pair> userProperties() {
        return all(Pair.class, MqttProperty.USER_PROPERTY);
    }

    /** Of the subscriptions that a message answers. */
    public List<Long> subscriptionIdentifiers() {
        return all(Long.class, MqttProperty.SUBSCRIPTION_IDENTIFIER);
    }

    private <T> List<T> all(Class<T> type, MqttProperty property) {
        return entries.stream()
                .filter(each -> each.property == property)
                .map(each -> type.cast(each.value))
                .toList();
    }

    /** @throws IllegalArgumentException for what such a packet does not have, or has only once */
    public void requireFor(PacketType packet) {
        if (!entries.isEmpty()) {
            require(packet.name(), each -> each.isAllowedIn(packet), each -> each.isRepeatableIn(packet));
        }
    }

    /** The same for {@code what}, of which the two say what it may have, and what more than once. */
    void require(String what, Predicate<MqttProperty> allowed, Predicate<MqttProperty> repeatable) {
        Set<MqttProperty> seen = EnumSet.noneOf(MqttProperty.class);
        for (Entry each : entries) {
            if (!allowed.test(each.property)) {
                throw new IllegalArgumentException(what + " has no " + each.property);
            }
            if (!seen.add(each.property) && !repeatable.test(each.property)) {
                throw new IllegalArgumentException(what + " has " + each.property + " only once");
            }
        }
    }

    private @Nullable Object find(MqttProperty property) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).property == property) {
                return entries.get(i).value;
            }
        }
        return null;
    }

    /** Collects properties; a value out of bounds or of the wrong type throws {@link IllegalArgumentException}. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        private Builder() {}

        public Builder number(MqttProperty property, long value) {
            return add(property, value);
        }

        public Builder text(MqttProperty property, String value) {
            return add(property, value);
        }

        /** Copies what {@code value} holds. */
        public Builder binary(MqttProperty property, ByteBuffer value) {
            ByteBuffer copy = ByteBuffer.allocate(value.remaining()).put(value.duplicate());
            return add(property, copy.flip().asReadOnlyBuffer());
        }

        public Builder user(String name, String value) {
            return add(MqttProperty.USER_PROPERTY, new Pair(name, value));
        }

        /** One that has been in a packet. */
        public Builder entry(Entry entry) {
            entries.add(entry);
            return this;
        }

        public Builder addAll(MqttProperties other) {
            entries.addAll(other.entries);
            return this;
        }

        private Builder add(MqttProperty property, Object value) {
            entries.add(new Entry(property, value));
            return this;
        }

        public MqttProperties build() {
            return entries.isEmpty() ? NONE : new MqttProperties(entries);
        }
    }
}
