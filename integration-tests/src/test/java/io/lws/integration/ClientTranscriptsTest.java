package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.integration.Transcript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README of an HTTP client example says it prints, it prints: the server that the transcript begins with is
 * started, and then the example, which runs to its end.
 */
class ClientTranscriptsTest {
    private static final Path EXAMPLES = Program.ROOT.resolve("minimal-examples");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("http-client"))) {
            return files.map(example -> EXAMPLES.relativize(example).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatTheReadmeSays(String example) {
        Map<String, String> ports = new LinkedHashMap<>();
        List<Program> servers = new ArrayList<>();
        int calls = 0;
        try {
            for (Step step : Transcript.of(EXAMPLES.resolve(example).resolve("README.md"))) {
                if (step.isInBackground()) {
                    Program server =
                            Program.example(step.example(), step.arguments().toArray(String[]::new));
                    servers.add(server);
                    for (String line : step.printed()) {
                        Matcher ready = Transcript.READY.matcher(line);
                        assertEquals(true, ready.matches(), line);
                        ports.put(ready.group(1), Integer.toString(server.awaitPort()));
                    }
                } else {
                    call(step, ports);
                    calls++;
                }
            }
        } finally {
            servers.forEach(Program::close);
        }
        assertEquals(true, calls > 0, example + " has no transcript");
    }

    private static void call(Step step, Map<String, String> ports) {
        String[] arguments = step.arguments().stream()
                .map(word -> Transcript.replaced(word, ports, true))
                .toArray(String[]::new);
        int port = Integer.parseInt(ports.getOrDefault(step.port(), "0"));
        try (Program client = Program.example(step.example(), port, arguments)) {
            int status = client.awaitExit(PATIENCE);
            assertEquals(0, status, client::output);
            List<String> printed = client.output().lines().toList();
            assertEquals("", Transcript.difference(step, printed, ports));
        }
    }
}
