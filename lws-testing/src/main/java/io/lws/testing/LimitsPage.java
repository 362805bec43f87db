package io.lws.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docs/limits.md, as a module beside it finds it: a table for each record of limits. */
public final class LimitsPage {
    private static final Path PAGE = Path.of("..", "docs", "limits.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

    private LimitsPage() {}

    /** Fails unless the page has every component of {@code defaults}, in order, with its value, and the builder has it too. */
    public static void assertNamesEach(Record defaults) throws ReflectiveOperationException, IOException {
        Class<? extends Record> type = defaults.getClass();
        Map<String, String> expected = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            expected.put(component.getName(), text(component.getAccessor().invoke(defaults)));
            assertEquals(
                    1,
                    type.getMethod("builder")
                            .getReturnType()
                            .getMethod(component.getName(), component.getType())
                            .getParameterCount());
        }
        assertEquals(expected, rowsBelow("## " + type.getName()));
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            long millis = duration.toMillis();
            return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
        }
        return value.toString();
    }

    private static Map<String, String> rowsBelow(String heading) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(heading + "\n");
        assertFalse(from < 0, heading);
        int to = page.indexOf("\n## ", from + 1);
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(page.substring(from, to < 0 ? page.length() : to));
        while (row.find()) {
            rows.put(row.group(1), row.group(2).strip());
        }
        return rows;
    }
}
