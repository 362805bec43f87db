package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.integration.Transcript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the README of an HTTP client example says it prints, it prints: the server that the transcript begins with is
 * started, and then the example, which runs to its end.
 */
class ClientTranscriptsTest {
    private static final Path EXAMPLES = Program.ROOT.resolve("minimal-examples");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One of each serves all clients. */
    private static final Map<String, Server> SERVERS = new HashMap<>();

    private record Server(Program program, int port) {}

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("http-client"))) {
            return files.map(example -> EXAMPLES.relativize(example).toString())
                    .sorted()
                    .toList();
        }
    }

    @AfterAll
    static void end() {
        SERVERS.values().forEach(server -> server.program.close());
        SERVERS.clear();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatTheReadmeSays(String example) {
        Map<String, String> ports = new LinkedHashMap<>();
        int calls = 0;
        for (Step step : Transcript.of(EXAMPLES.resolve(example).resolve("README.md"))) {
            if (step.isInBackground()) {
                Server server = SERVERS.computeIfAbsent(step.example() + step.arguments(), key -> start(step));
                ports.put(step.port(), Integer.toString(server.port));
            } else {
                call(step, ports);
                calls++;
            }
        }
        assertTrue(calls > 0, example + " has no transcript");
    }

    private static Server start(Step step) {
        Program program = Program.example(step.example(), step.arguments().toArray(String[]::new));
        return new Server(program, program.awaitPort());
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
