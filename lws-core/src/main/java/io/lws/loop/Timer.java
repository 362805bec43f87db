package io.lws.loop;

import io.lws.Log;

/**
 * A timer node owned by whoever uses it (lws: sul). {@link EventLoop#schedule} arms it; arming it again moves it and
 * allocates nothing. Belongs to one loop's thread.
 */
public final class Timer {
    private static final Log LOG = Log.of("lws.loop");

    static final int IDLE = -1;

    /** What happens when a timer fires. */
    @FunctionalInterface
    public interface Action {
        /** On the loop's thread. {@code nowNs} is the time of this turn. */
        void onTimer(long nowNs);
    }

    private final Action action;
    /** When it shall fire. */
    long deadlineNs;
    /** Where it stands in the queue, at most {@link #deadlineNs}: moving a timer to later does not touch the queue. */
    long queuedNs;

    int index = IDLE;

    public Timer(Action action) {
        this.action = action;
    }

    public boolean isArmed() {
        return index != IDLE;
    }

    void fire(long nowNs) {
        try {
            action.onTimer(nowNs);
        } catch (Throwable e) {
            // whose timer it was is the action's business; the loop and its other timers go on
            LOG.error("timer", action.getClass().getName() + " threw", e);
        }
    }
}
