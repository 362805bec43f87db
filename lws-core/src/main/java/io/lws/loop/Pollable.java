package io.lws.loop;

/** What a poller tells that its channel is ready. Called on the loop's thread; must not throw and must not block. */
@FunctionalInterface
public interface Pollable {
    /** {@code ready} is a set of {@link Interest} bits. */
    void onReady(int ready);
}
