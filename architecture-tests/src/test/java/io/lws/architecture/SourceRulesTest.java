package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the house asks of source files: names, sizes, package descriptions, no sleeping. */
class SourceRulesTest {
    private static final int LINES_AT_MOST = 600;
    private static final Pattern BANNED_NAME =
            Pattern.compile(".*(Util|Utils|Helper|Helpers|Manager|Impl)|Abstract.*Base");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|enum|record) +([A-Z]\\w*)");
    private static final Pattern OPEN_CLASS = Pattern.compile("^public class ", Pattern.MULTILINE);
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");

    private final List<Checkout.Source> sources = Checkout.sources();

    @Test
    void findsTheSources() {
        assertTrue(sources.stream().anyMatch(source -> source.file().endsWith("io/lws/Context.java")));
        assertTrue(sources.stream().anyMatch(source -> source.file().endsWith("SourceRulesTest.java")));
    }

    @Test
    void endsNoNameInAWordThatSaysNothing() {
        TreeSet<String> banned = new TreeSet<>();
        for (Checkout.Source source : sources) {
            DECLARED.matcher(withoutComments(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> BANNED_NAME.matcher(name).matches())
                    .forEach(name -> banned.add(source + ": " + name));
        }
        assertEquals(new TreeSet<>(), banned);
        assertTrue(BANNED_NAME.matcher("BufferUtils").matches());
        assertFalse(BANNED_NAME.matcher("Utility").matches());
    }

    @Test
    void keepsFilesReadable() {
        assertEquals(
                List.of(),
                sources.stream()
                        .filter(source -> source.lines() > LINES_AT_MOST)
                        .map(source -> source + ": " + source.lines() + " lines")
                        .toList());
    }

    @Test
    void closesPublicClassesToInheritance() {
        assertEquals(
                List.of(),
                sources.stream()
                        .filter(source -> !source.isTest())
                        .filter(source -> !source.text().contains("@State(Scope.")) // JMH inherits from benchmarks
                        .filter(source -> OPEN_CLASS.matcher(source.text()).find())
                        .toList(),
                "public classes that are neither final nor sealed nor abstract");
    }

    @Test
    void describesEveryPackageAndItsNulls() {
        TreeSet<String> undescribed = new TreeSet<>();
        for (Checkout.Source source : sources) {
            Path directory = source.file().getParent();
            if (source.isTest()
                    || source.file().endsWith("module-info.java")
                    || source.toString().startsWith("benchmarks")) {
                continue;
            }
            Path described = directory.resolve("package-info.java");
            String text = Files.exists(described) ? Checkout.read(described) : "";
            if (!text.startsWith("/**") || !text.contains("\n@NullMarked\n")) {
                undescribed.add(Checkout.ROOT.relativize(directory).toString());
            }
        }
        assertEquals(new TreeSet<>(), undescribed, "packages without a package-info that says what for, @NullMarked");
    }

    @Test
    void sleepsNowhere() {
        assertEquals(
                List.of(),
                sources.stream()
                        .filter(source -> source.isTest()
                                ? !source.toString().contains("/integration/")
                                : source.toString().startsWith("lws"))
                        .filter(source -> SLEEP.matcher(source.text()).find())
                        .toList(),
                "sources that wait for time to pass");
    }

    private static String withoutComments(Checkout.Source source) {
        return source.text()
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .lines()
                .map(line -> line.replaceAll("//.*", ""))
                .collect(Collectors.joining("\n"));
    }
}
