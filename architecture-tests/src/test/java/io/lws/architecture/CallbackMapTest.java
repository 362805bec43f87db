package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/callback-map.md}: a row for each callback reason of the original, and no method in it that is not there. */
class CallbackMapTest {
    private static final int REASONS = 123;
    private static final Pattern ROW = Pattern.compile(
            "\\| (LWS_CALLBACK_\\w+) \\| (\\d+) \\| (method|config|none|later) \\| ([^|]+) \\| ?([^|]*) ?\\|");

    private record Row(String reason, int number, String kind, String target, String note) {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Checkout.read(Checkout.ROOT.resolve("docs/callback-map.md")));
        while (row.find()) {
            rows.add(new Row(
                    row.group(1),
                    Integer.parseInt(row.group(2)),
                    row.group(3),
                    row.group(4).strip(),
                    row.group(5).strip()));
        }
        return rows;
    }

    @Test
    void hasEveryReasonOnce() {
        List<Row> rows = rows();
        Set<String> names = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        for (Row row : rows) {
            names.add(row.reason);
            numbers.add(row.number);
        }
        assertEquals(REASONS, rows.size(), "rows that can be read");
        assertEquals(REASONS, names.size(), "different names");
        assertEquals(REASONS, numbers.size(), "different numbers");
        String text = Checkout.read(Checkout.ROOT.resolve("docs/callback-map.md"));
        assertEquals(
                REASONS,
                text.lines().filter(line -> line.startsWith("| LWS_CALLBACK_")).count(),
                "rows in all");
    }

    @Test
    void namesOnlyMethodsThatExist() {
        Map<String, Set<String>> methods = publicMethods();
        Set<String> missing = new TreeSet<>();
        for (Row row : rows()) {
            String[] target = row.target.split("\\.");
            if (row.kind.equals("method")
                    && (target.length != 2
                            || !methods.getOrDefault(target[0], Set.of()).contains(target[1]))) {
                missing.add(row.reason + " -> " + row.target);
            }
        }
        assertEquals(Set.of(), missing);
        assertFalse(
                methods.getOrDefault("WsProtocol", Set.of()).contains("onNothing"), "sees methods that are not there");
    }

    @Test
    void saysWhyWhereThereIsNothing() {
        for (Row row : rows()) {
            if (row.kind.equals("none")) {
                assertEquals("-", row.target, row.reason);
                assertFalse(row.note.isEmpty(), row.reason + " has no reason why not");
            }
        }
    }

    /** By simple name of the type: what can be called of it, also what it inherits. */
    private static Map<String, Set<String>> publicMethods() {
        Map<String, Set<String>> methods = new HashMap<>();
        for (Checkout.Module module : Checkout.modules()) {
            if (module.isPublished()) {
                for (JavaClass type : Checkout.classesOf(module)) {
                    if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
                        Set<String> names = methods.computeIfAbsent(type.getSimpleName(), key -> new HashSet<>());
                        type.getAllMethods().stream().map(JavaMember::getName).forEach(names::add);
                    }
                }
            }
        }
        return methods;
    }
}
