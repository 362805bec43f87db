package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lws.Limits;
import io.lws.http.client.HttpClientLimits;
import io.lws.http.client.HttpTimeouts;
import io.lws.http.form.FormLimits;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/limits.md names every limit, with the default it has. */
class LimitsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "limits.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Limits.class,
                HttpLimits.class,
                FormLimits.class,
                H2Limits.class,
                HttpClientLimits.class,
                HttpTimeouts.class
            })
    void namesEachLimitWithItsDefault(Class<? extends Record> type) throws Exception {
        Object defaults = type.getField("DEFAULT").get(null);
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
