package io.lws.net;

import io.lws.loop.Pollable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes connections out of the queue of one listening socket, for one loop and on its thread. */
public interface Acceptor {
    /** Watches for callers, as {@link io.lws.loop.Interest#ACCEPT} does, and tells {@code target}. Called once. */
    void open(Pollable target) throws IOException;

    /** The next caller, on a transport that is not open yet; {@code null} = nobody waits. */
    @Nullable
    Transport accept() throws IOException;

    /** Looks away until {@link #resume}; callers wait. */
    void pause();

    void resume();

    /**
     * Stops watching at once. {@link #accept} still takes whoever waits, and the listening socket is held by its owner
     * alone: closed now, it is closed with that system call.
     */
    void unwatch() throws IOException;

    /** The listening socket, which nobody else has, is about to be closed: from now on nobody must be able to call. Any thread. */
    default void hangUp() {}

    /** Stops for good. The socket goes on listening. Idempotent. */
    void close();
}
