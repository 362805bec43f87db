package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README of an HTTP server example says curl prints, curl prints. The example is started, every command of the
 * transcript that uses curl is run in order, and its output must be the one that stands there, line by line, but for:
 *
 * <ul>
 *   <li>ports: the example listens on free ones, and each stands for the one its README has at that place;
 *   <li>the values of the fields Date, Last-Modified, ETag and X-Request-Id, and of nonces;
 *   <li>a line {@code ...} of the README, which stands for any number of lines.
 * </ul>
 */
class ReadmeTranscriptsTest {
    private static final Path EXAMPLES = Program.ROOT.resolve("minimal-examples");
    private static final Pattern READY = Pattern.compile("^ready \\w+://[^:]+:(\\d+).*$");
    private static final Pattern FUNCTION = Pattern.compile("^\\w+\\(\\) \\{.*");
    private static final Pattern CHANGING = Pattern.compile("(?i)^(date|last-modified|etag|x-request-id): .*");
    private static final Pattern NONCE = Pattern.compile("nonce=\"[^\"]*\"");
    private static final int PATIENCE_S = 30;

    /** One names the port of its command line in what it answers; the servers of the other come up in either order. */
    private static final Set<String> NOT_REPLAYED = Set.of("minimal-http-server-tls-80", "minimal-multi-instance");

    /** A command and what it prints. */
    record Step(String command, List<String> printed) {}

    @BeforeAll
    static void requireCurl() {
        Peer.CURL.require();
    }

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("http-server"))) {
            return files.filter(example ->
                            !NOT_REPLAYED.contains(example.getFileName().toString()))
                    .filter(example -> isReplayed(steps(example.resolve("README.md"))))
                    .map(example -> EXAMPLES.relativize(example).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Those that start alone, with a line for each port and nothing else, and have curl talk to them. */
    private static boolean isReplayed(List<Step> steps) {
        return steps.size() > 1
                && steps.get(0).command.startsWith("./lws run")
                && !steps.get(0).command.endsWith("&")
                && steps.get(0).printed.stream()
                        .allMatch(line -> READY.matcher(line).matches())
                && steps.stream().anyMatch(step -> step.command.contains("curl"));
    }

    static List<Step> steps(Path readme) {
        List<Step> steps = new ArrayList<>();
        boolean in = false;
        for (String line : Files.exists(readme) ? read(readme) : List.<String>of()) {
            in |= line.startsWith("## Transcript");
            if (in && line.startsWith("    $ ")) {
                steps.add(new Step(line.substring(6), new ArrayList<>()));
            } else if (in && line.startsWith("    ") && !steps.isEmpty()) {
                steps.get(steps.size() - 1).printed.add(line.substring(4));
            }
        }
        return steps;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatTheReadmeSays(String example) throws Exception {
        List<Step> steps = steps(EXAMPLES.resolve(example).resolve("README.md"));
        try (Program program = Program.example(example)) {
            Map<String, String> ports = new LinkedHashMap<>();
            for (String line : steps.get(0).printed) {
                ports.put(port(line), program.awaitLine(READY.pattern()).group(1));
            }
            StringBuilder functions = new StringBuilder();
            for (Step step : steps.subList(1, steps.size())) {
                if (FUNCTION.matcher(step.command).matches()) {
                    functions.append(replaced(step.command, ports, true)).append('\n');
                } else if (step.command.contains("curl") || functions.length() > 0) {
                    String command = functions + replaced(step.command, ports, true);
                    List<String> printed = run(command, EXAMPLES.resolve(example)).stream()
                            .filter(line -> !line.isBlank()) // as those of a README are
                            .map(line -> steady(replaced(line, ports, false)))
                            .toList();
                    assertTrue(
                            isLike(
                                    step.printed.stream()
                                            .map(ReadmeTranscriptsTest::steady)
                                            .toList(),
                                    printed),
                            () -> "$ " + step.command + "\nexpected:\n" + String.join("\n", step.printed)
                                    + "\nprinted:\n" + String.join("\n", printed) + "\nand the example:\n"
                                    + program.output());
                }
            }
        }
    }

    private static String port(String ready) {
        Matcher found = READY.matcher(ready);
        assertTrue(found.matches(), ready);
        return found.group(1);
    }

    /** With the ports of the README as those of the running example, or back. */
    private static String replaced(String text, Map<String, String> ports, boolean toReal) {
        String now = text;
        for (Map.Entry<String, String> each : ports.entrySet()) {
            String from = toReal ? each.getKey() : each.getValue();
            String to = toReal ? each.getValue() : each.getKey();
            now = now.replaceAll(":" + from + "\\b", ":" + to);
        }
        return now;
    }

    private static String steady(String line) {
        String text = line.stripTrailing();
        Matcher field = CHANGING.matcher(text);
        return field.matches() ? field.group(1) + ": ..." : NONCE.matcher(text).replaceAll("nonce=...");
    }

    private static boolean isLike(List<String> expected, List<String> printed) {
        int gap = expected.indexOf("...");
        if (gap < 0) {
            return expected.equals(printed);
        }
        List<String> rest = expected.subList(gap + 1, expected.size());
        if (printed.size() < gap || !printed.subList(0, gap).equals(expected.subList(0, gap))) {
            return false;
        }
        for (int from = gap; from <= printed.size(); from++) {
            if (isLike(rest, printed.subList(from, printed.size()))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> run(String command, Path directory) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), command);
        return printed.lines().toList();
    }

    @Test
    void tellsALikelyOutputFromAnother() {
        assertTrue(isLike(List.of("a", "...", "c"), List.of("a", "b", "b", "c")));
        assertTrue(isLike(List.of("a", "..."), List.of("a")));
        assertFalse(isLike(List.of("a", "...", "c"), List.of("a", "b")));
        assertFalse(isLike(List.of("a"), List.of("a", "b")));
        assertEquals("ETag: ...", steady("ETag: \"1-2\"\r"));
        assertFalse(steady("Content-Type: x").endsWith("..."));
    }

    /** A plugin that stands alone is a copy of its example's protocol, and stays one. */
    @Test
    void keepsPluginsEqualToTheirExamples() throws IOException {
        Map<String, String> twins = Map.of(
                "protocol-post-demo", "minimal-http-server-form-post-file",
                "protocol-deaddrop", "minimal-http-server-deaddrop");
        for (Map.Entry<String, String> twin : twins.entrySet()) {
            Path plugin = Program.ROOT.resolve("plugins-standalone").resolve(twin.getKey());
            Path example = EXAMPLES.resolve("http-server").resolve(twin.getValue());
            try (Stream<Path> sources = Files.walk(plugin.resolve("src/main/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    Path other = example.resolve(plugin.relativize(source));
                    assertEquals(Files.readString(source), Files.readString(other), () -> source + " and " + other);
                }
            }
        }
    }
}
