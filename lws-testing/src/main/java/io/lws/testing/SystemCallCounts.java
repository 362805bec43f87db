package io.lws.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace -o FILE} has seen. */
public final class SystemCallCounts {
    private static final int COLUMNS = 5;
    private static final int CALLS_COLUMN = 3;
    /** The end of one that had to wait stands on a line of its own, which is none of these. */
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\(", Pattern.MULTILINE);

    private SystemCallCounts() {}

    /** With {@code -c}: calls by name; those that were never made are not there. */
    public static Map<String, Integer> read(Path table) throws IOException {
        Map<String, Integer> calls = new TreeMap<>();
        for (String line : Files.readAllLines(table)) {
            String[] fields = line.trim().split(" +");
            if (fields.length >= COLUMNS && fields[0].matches("[\\d.]+") && !line.endsWith("total")) {
                calls.put(fields[fields.length - 1], Integer.parseInt(fields[CALLS_COLUMN]));
            }
        }
        return calls;
    }

    /**
     * With {@code -f} and without {@code -c}: the calls of the thread that has made most of {@code what}. A JVM has threads
     * of its own, which look into /proc now and then, the more the longer it takes.
     */
    public static Map<String, Integer> ofTheThreadThatCallsMost(String what, Path log) throws IOException {
        Map<String, Map<String, Integer>> threads = new TreeMap<>();
        Matcher call = CALL.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
        while (call.find()) {
            threads.computeIfAbsent(call.group(1), thread -> new TreeMap<>()).merge(call.group(2), 1, Integer::sum);
        }
        return threads.values().stream()
                .max(Comparator.comparing(each -> each.getOrDefault(what, 0)))
                .orElse(Map.of());
    }
}
