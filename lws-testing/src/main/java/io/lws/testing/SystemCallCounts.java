package io.lws.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What {@code strace -c -o FILE} has counted. */
public final class SystemCallCounts {
    private static final int COLUMNS = 5;
    private static final int CALLS_COLUMN = 3;

    private SystemCallCounts() {}

    /** Calls by name; those that were never made are not there. */
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
}
