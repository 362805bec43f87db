package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.integration.Transcript.Step;
import io.lws.testing.Peer;
import java.io.IOException;
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
    private static final Pattern FUNCTION = Pattern.compile("^\\w+\\(\\) \\{.*");
    private static final int PATIENCE_S = 30;

    /** One names the port of its command line in what it answers; the servers of the other come up in either order. */
    private static final Set<String> NOT_REPLAYED = Set.of("minimal-http-server-tls-80", "minimal-multi-instance");

    @BeforeAll
    static void requireCurl() {
        Peer.CURL.require();
    }

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("http-server"))) {
            return files.filter(example ->
                            !NOT_REPLAYED.contains(example.getFileName().toString()))
                    .filter(example -> isReplayed(Transcript.of(example.resolve("README.md"))))
                    .map(example -> EXAMPLES.relativize(example).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Those that start with a line for each port and nothing else, alone or behind others, and have curl talk to them. */
    private static boolean isReplayed(List<Step> steps) {
        return steps.size() > 1
                && steps.get(0).isStart()
                && steps.stream()
                        .filter(Step::isStart)
                        .flatMap(step -> step.printed().stream())
                        .allMatch(line -> Transcript.READY.matcher(line).matches())
                && steps.stream().anyMatch(step -> step.command().contains("curl"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatTheReadmeSays(String example) throws Exception {
        Map<String, String> ports = new LinkedHashMap<>();
        List<Program> programs = new ArrayList<>();
        StringBuilder functions = new StringBuilder();
        try {
            for (Step step : Transcript.of(EXAMPLES.resolve(example).resolve("README.md"))) {
                String command = Transcript.replaced(step.command(), ports, true);
                if (step.isStart()) {
                    programs.add(start(step, ports));
                } else if (FUNCTION.matcher(command).matches()) {
                    functions.append(command).append('\n');
                } else if (command.contains("curl") || functions.length() > 0) {
                    List<String> printed = run(functions + command, EXAMPLES.resolve(example));
                    String wrong = Transcript.difference(step, printed, ports);
                    Program last = programs.get(programs.size() - 1);
                    assertEquals("", wrong, () -> "and the example:\n" + last.output());
                }
            }
        } finally {
            programs.forEach(Program::close);
        }
    }

    /** On free ports, each of which stands for the one that the README has at that place. */
    private static Program start(Step step, Map<String, String> ports) {
        String[] arguments = step.arguments().stream()
                .map(word -> Transcript.replaced(word, ports, true))
                .toArray(String[]::new);
        Program program = Program.example(step.example(), arguments);
        List<String> said =
                step.printed().isEmpty() ? List.of("ready http://localhost:" + step.port()) : step.printed();
        for (String line : said) {
            Matcher ready = Transcript.READY.matcher(line);
            assertTrue(ready.matches(), line);
            ports.put(
                    ready.group(1),
                    program.awaitLine(Transcript.READY.pattern()).group(1));
        }
        return program;
    }

    private static List<String> run(String command, Path directory) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Program.leaveOutWhatWasSaidToUs(builder);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), command);
        return printed.lines().toList();
    }

    @Test
    void tellsALikelyOutputFromAnother() {
        assertTrue(Transcript.isLike(List.of("a", "...", "c"), List.of("a", "b", "b", "c")));
        assertTrue(Transcript.isLike(List.of("a", "..."), List.of("a")));
        assertFalse(Transcript.isLike(List.of("a", "...", "c"), List.of("a", "b")));
        assertFalse(Transcript.isLike(List.of("a"), List.of("a", "b")));
        assertEquals("ETag: ...", Transcript.steady("ETag: \"1-2\"\r"));
        assertFalse(Transcript.steady("Content-Type: x").endsWith("..."));
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
