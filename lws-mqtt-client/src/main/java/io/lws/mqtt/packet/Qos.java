package io.lws.mqtt.packet;

/** How hard both sides try to deliver a message; the ordinal is the number on the wire. */
public enum Qos {
    /** Sent once, acknowledged by nobody. */
    AT_MOST_ONCE,
    /** Sent again until acknowledged; may arrive more than once. */
    AT_LEAST_ONCE,
    /** Sent again until taken over, and known again by its packet identifier. */
    EXACTLY_ONCE;

    private static final Qos[] VALUES = values();

    /** @throws IndexOutOfBoundsException unless {@code number} is 0, 1 or 2 */
    public static Qos of(int number) {
        return VALUES[number];
    }

    public int number() {
        return ordinal();
    }
}
