package io.lws.http;

import java.util.ArrayList;
import java.util.List;

/**
 * The byte ranges a request asks for (RFC 9110 14), measured against what there is. Immutable.
 *
 * <p>Ranges are a courtesy, so everything odd is answered with the whole: another unit, a malformed set, more than
 * {@value #MAX_RANGES} ranges, or ranges that together ask for more than there is. So is a range that would begin where
 * something empty begins: who asks for all by {@code bytes=0-}, or for the last octets, gets all there is.
 */
public final class ByteRanges {
    /** More are ignored: nobody with an honest need asks for them. */
    public static final int MAX_RANGES = 16;

    /** How to answer. */
    public enum Outcome {
        /** 200 with everything. */
        WHOLE,
        /** 206 with the ranges in {@link #ranges()}. */
        PARTIAL,
        /** 416: well-formed, but nothing of it exists. */
        UNSATISFIABLE
    }

    /** Bytes {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        public long lengthBytes() {
            return last - first + 1;
        }

        /** The value of Content-Range for this part of something {@code sizeBytes} long. */
        public String contentRange(long sizeBytes) {
            return "bytes " + first + "-" + last + "/" + sizeBytes;
        }
    }

    private static final ByteRanges WHOLE = new ByteRanges(Outcome.WHOLE, List.of());
    private static final ByteRanges UNSATISFIABLE = new ByteRanges(Outcome.UNSATISFIABLE, List.of());
    private static final int MAX_DIGITS = 18;

    private final Outcome outcome;
    private final List<Range> ranges;

    private ByteRanges(Outcome outcome, List<Range> ranges) {
        this.outcome = outcome;
        this.ranges = ranges;
    }

    /** Reads the value of a Range field for something {@code sizeBytes} long. Never fails. */
    public static ByteRanges parse(String field, long sizeBytes) {
        if (!field.regionMatches(true, 0, "bytes=", 0, 6)) {
            return WHOLE;
        }
        if (sizeBytes == 0) {
            return parse(field, 1).outcome() == Outcome.UNSATISFIABLE ? UNSATISFIABLE : WHOLE;
        }
        String[] specs = field.substring(6).split(",", MAX_RANGES + 1);
        if (specs.length > MAX_RANGES) {
            return WHOLE;
        }
        List<Range> ranges = new ArrayList<>();
        for (String spec : specs) {
            if (!addRange(spec.strip(), sizeBytes, ranges)) {
                return WHOLE;
            }
        }
        if (ranges.isEmpty()) {
            return UNSATISFIABLE;
        }
        return totalBytes(ranges) > sizeBytes ? WHOLE : new ByteRanges(Outcome.PARTIAL, List.copyOf(ranges));
    }

    public Outcome outcome() {
        return outcome;
    }

    /** In the order asked for; empty unless {@link Outcome#PARTIAL}. */
    public List<Range> ranges() {
        return ranges;
    }

    /** Adds the range if any of it exists; false when {@code spec} is malformed. */
    private static boolean addRange(String spec, long sizeBytes, List<Range> ranges) {
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return false;
        }
        String from = spec.substring(0, dash);
        String to = spec.substring(dash + 1);
        if (from.isEmpty()) {
            return addSuffix(to, sizeBytes, ranges);
        }
        long first = number(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (first < 0 || last < first) {
            return false;
        }
        if (first < sizeBytes) {
            ranges.add(new Range(first, Math.min(last, sizeBytes - 1)));
        }
        return true;
    }

    private static boolean addSuffix(String length, long sizeBytes, List<Range> ranges) {
        long suffixBytes = number(length);
        if (suffixBytes < 0) {
            return false;
        }
        if (suffixBytes > 0 && sizeBytes > 0) {
            ranges.add(new Range(Math.max(0, sizeBytes - suffixBytes), sizeBytes - 1));
        }
        return true;
    }

    /** A number of any length, capped where it cannot matter any more; -1 when it is none. */
    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static long totalBytes(List<Range> ranges) {
        long total = 0;
        for (Range range : ranges) {
            total += range.lengthBytes();
        }
        return total;
    }
}
