package io.lws.loop;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the events of a loop's connections take, and whose was the longest: for so long all the others wait (lws:
 * latency). An event is what one connection does at a time, its callbacks and the system calls for it.
 *
 * <p>Off until {@link #start}, and then two looks at the clock for an event. The loop counts; any thread may read.
 */
public final class LoopLatency {
    private static final long WINDOW_NS = 10_000_000_000L;

    private final NanoClock clock;
    private final Map<String, Counted> byProtocol = new ConcurrentHashMap<>();
    private volatile boolean on;
    private long beganNs;
    private boolean measuring;

    LoopLatency(NanoClock clock) {
        this.clock = clock;
    }

    /**
     * Of one protocol since the start.
     *
     * @param worstTag the session of the longest event, as the log names it
     * @param recentWorstNs the longest of the last 10 to 20 seconds
     */
    public record Figures(long events, long totalNs, long worstNs, String worstTag, long recentWorstNs) {}

    /** Any thread. Idempotent. */
    public void start() {
        on = true;
    }

    /** Stops counting; what was counted stays. Any thread. */
    public void stop() {
        on = false;
    }

    public boolean isOn() {
        return on;
    }

    /** By protocol, in the order of names; what has had no event yet is not there. Any thread. */
    public Map<String, Figures> figures() {
        Map<String, Figures> all = new TreeMap<>();
        long nowNs = clock.nowNs();
        byProtocol.forEach((protocol, counted) -> all.put(protocol, counted.figures(nowNs)));
        return all;
    }

    /** Of one protocol; {@code null} where it has had no event. Any thread. */
    public @Nullable Figures figures(String protocol) {
        Counted counted = byProtocol.get(protocol);
        return counted == null ? null : counted.figures(clock.nowNs());
    }

    // ---- the loop's thread

    /** A connection's event begins; one that began before is not counted. */
    public void begin() {
        if (on) {
            measuring = true;
            beganNs = clock.nowNs();
        }
    }

    /** Whether one has begun, and {@link #end} is wanted. */
    public boolean isMeasuring() {
        return measuring;
    }

    /** The event ends, and was {@code protocol}'s. */
    public void end(String protocol, String tag) {
        if (measuring) {
            measuring = false;
            long endNs = clock.nowNs();
            byProtocol.computeIfAbsent(protocol, name -> new Counted(endNs)).count(endNs - beganNs, endNs, tag);
        }
    }

    /** Written by one thread, seldom read by others. */
    private static final class Counted {
        private long events;
        private long totalNs;
        private long worstNs;
        private String worstTag = "";
        private long windowBeganNs;
        private long windowWorstNs;
        private long lastWindowWorstNs;

        Counted(long nowNs) {
            windowBeganNs = nowNs;
        }

        synchronized void count(long tookNs, long nowNs, String tag) {
            slide(nowNs);
            events++;
            totalNs += tookNs;
            windowWorstNs = Math.max(windowWorstNs, tookNs);
            if (tookNs > worstNs) {
                worstNs = tookNs;
                worstTag = tag;
            }
        }

        synchronized Figures figures(long nowNs) {
            slide(nowNs);
            return new Figures(events, totalNs, worstNs, worstTag, Math.max(windowWorstNs, lastWindowWorstNs));
        }

        private void slide(long nowNs) {
            long sinceNs = nowNs - windowBeganNs;
            if (sinceNs >= WINDOW_NS) {
                lastWindowWorstNs = sinceNs < 2 * WINDOW_NS ? windowWorstNs : 0;
                windowWorstNs = 0;
                windowBeganNs = nowNs;
            }
        }
    }
}
