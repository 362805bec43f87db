package io.lws.examples.mqtt.multi;

import java.util.concurrent.atomic.AtomicInteger;

/** What the sessions have in common; they may live on several loops. */
final class Ring {
    final int size;
    final String topic = "lws/ring/" + Long.toHexString(System.nanoTime()) + "/";
    private final AtomicInteger ready = new AtomicInteger();

    Ring(int size) {
        this.size = size;
    }

    /** True for the last of them. */
    boolean isComplete() {
        return ready.incrementAndGet() == size;
    }
}
