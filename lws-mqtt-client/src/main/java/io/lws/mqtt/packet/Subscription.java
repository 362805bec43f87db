package io.lws.mqtt.packet;

/** One filter of a SUBSCRIBE with its options (3.8.3.1); 3.1.1 takes filter and QoS of it. */
public record Subscription(
        String filter, Qos qos, LocalMessages localMessages, RetainAs retainAs, RetainHandling retainHandling) {

    /** Whether messages of this very client come back to it. */
    public enum LocalMessages {
        INCLUDED,
        EXCLUDED
    }

    /** What the retain flag of a forwarded message says. */
    public enum RetainAs {
        /** Set on messages that were kept, clear on new ones. */
        KEPT_BEFORE,
        /** As its publisher set it. */
        PUBLISHED
    }

    /** When kept messages are sent; the ordinal is the number on the wire. */
    public enum RetainHandling {
        AT_SUBSCRIBE,
        AT_NEW_SUBSCRIPTION,
        NEVER
    }

    public Subscription {
        Topics.requireFilter(filter);
        if (filter.startsWith("$share/") && localMessages == LocalMessages.EXCLUDED) {
            throw new IllegalArgumentException("a shared subscription cannot exclude local messages");
        }
    }

    /** With the options that are usual. */
    public static Subscription of(String filter, Qos qos) {
        return new Subscription(filter, qos, LocalMessages.INCLUDED, RetainAs.KEPT_BEFORE, RetainHandling.AT_SUBSCRIBE);
    }

    /** The options byte of 5.0. */
    public int options() {
        return qos.number() | localMessages.ordinal() << 2 | retainAs.ordinal() << 3 | retainHandling.ordinal() << 4;
    }
}
