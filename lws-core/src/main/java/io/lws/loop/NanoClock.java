package io.lws.loop;

/** A monotonic clock in nanoseconds, of arbitrary origin. Tests supply one that stands still. */
@FunctionalInterface
public interface NanoClock {
    NanoClock SYSTEM = System::nanoTime;

    long nowNs();
}
