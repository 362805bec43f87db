package io.lws.loop;

/** Something that waits in one of a loop's queues for its place in the turn. Called on the loop's thread. */
@FunctionalInterface
public interface Serviceable {
    void service();
}
