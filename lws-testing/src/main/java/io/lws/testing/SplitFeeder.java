package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs one row of an incremental parser's test (wire image, expected events) in every way bytes can arrive: whole, one
 * byte at a time, split at every point, and twice on the same instance.
 *
 * <p>Bytes the parser leaves unread are offered again in front of the next piece, as the loop does.
 */
public final class SplitFeeder {
    /** A parser under test: reads what it can from {@code in} and adds a line to {@code events} for each thing it saw. */
    public interface Subject {
        void feed(ByteBuffer in, List<String> events);
    }

    private SplitFeeder() {}

    /** Asserts that {@code wire} yields {@code expected} however it is cut. {@code fresh} makes a parser in its first state. */
    public static void assertEvents(Supplier<? extends Subject> fresh, byte[] wire, List<String> expected) {
        assertEquals(expected, run(fresh.get(), wire, wire.length), "whole");
        assertEquals(expected, run(fresh.get(), wire, 1), "byte by byte");
        for (int cut = 1; cut < wire.length; cut++) {
            assertEquals(expected, runCut(fresh.get(), wire, cut), "split at " + cut);
        }
    }

    /** As {@link #assertEvents}, then feeds the same wire again to the same instance: a parser must leave no state behind. */
    public static void assertEventsTwice(Supplier<? extends Subject> fresh, byte[] wire, List<String> expected) {
        assertEvents(fresh, wire, expected);
        Subject subject = fresh.get();
        assertEquals(expected, run(subject, wire, wire.length), "first of two");
        assertEquals(expected, run(subject, wire, wire.length), "second of two on one instance");
    }

    private static List<String> run(Subject subject, byte[] wire, int step) {
        List<String> events = new ArrayList<>();
        byte[] kept = new byte[0];
        for (int at = 0; at < wire.length; at += step) {
            kept = offer(subject, kept, wire, at, Math.min(wire.length, at + step), events);
        }
        return events;
    }

    private static List<String> runCut(Subject subject, byte[] wire, int cut) {
        List<String> events = new ArrayList<>();
        byte[] kept = offer(subject, new byte[0], wire, 0, cut, events);
        offer(subject, kept, wire, cut, wire.length, events);
        return events;
    }

    private static byte[] offer(Subject subject, byte[] kept, byte[] wire, int from, int to, List<String> events) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(kept);
        all.write(wire, from, to - from);
        // direct, with bytes before and behind: absolute indices that forget position() or limit() show at once
        ByteBuffer in = ByteBuffer.allocateDirect(all.size() + 6);
        in.position(3).limit(3 + all.size());
        in.put(3, all.toByteArray());
        subject.feed(in, events);
        byte[] left = new byte[in.remaining()];
        in.get(left);
        return left;
    }
}
