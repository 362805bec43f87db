package io.lws.testing;

import io.lws.loop.Interest;
import io.lws.loop.Pollable;
import io.lws.loop.Poller;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A poller that never waits: it reports what {@link #report} was told, once, and counts what it is asked for. The test's
 * thread, except {@link #wakeup}.
 */
public final class ManualPoller implements Poller {
    private final List<Watch> watches = new ArrayList<>();
    private final List<Runnable> reports = new ArrayList<>();
    private int polls;
    private int wakeups;
    private long lastTimeoutNs;

    /** Nothing is watched yet. */
    public ManualPoller() {}

    @Override
    public String name() {
        return "manual";
    }

    @Override
    public Registration register(SelectableChannel channel, int interest, Pollable target) {
        Watch watch = new Watch(interest);
        watches.add(watch);
        return watch;
    }

    /** The next poll says {@code ready} to {@code target}. */
    public void report(Pollable target, int ready) {
        reports.add(() -> target.onReady(ready));
    }

    @Override
    public int poll(long timeoutNs) {
        polls++;
        lastTimeoutNs = timeoutNs;
        List<Runnable> now = List.copyOf(reports);
        reports.clear();
        now.forEach(Runnable::run);
        return now.size();
    }

    @Override
    public synchronized void wakeup() {
        wakeups++;
    }

    /** How often it was woken so far: what would have been system calls. */
    public synchronized int wakeups() {
        return wakeups;
    }

    public int polls() {
        return polls;
    }

    /** How long the loop was ready to wait the last time; 0 = it had more to do, negative = for ever. */
    public long lastTimeoutNs() {
        return lastTimeoutNs;
    }

    @Override
    public int size() {
        return watches.size();
    }

    @Override
    public void close() {
        watches.clear();
    }

    private final class Watch implements Registration {
        private int interest;

        Watch(int interest) {
            this.interest = interest;
        }

        @Override
        public int interest() {
            return interest;
        }

        @Override
        public void interest(int value) {
            interest = value;
        }

        @Override
        public void cancel() {
            interest = Interest.NONE;
            watches.remove(this);
        }
    }
}
