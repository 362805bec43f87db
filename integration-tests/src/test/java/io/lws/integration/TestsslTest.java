package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a scanner finds to say about a server with every default. Takes minutes: {@code -Dlws.long=true}. Findings about
 * the certificate are left out, for a development certificate is nobody's.
 */
@EnabledIfSystemProperty(named = "lws.long", matches = "true")
@Timeout(900)
class TestsslTest {
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final Pattern FINDING = Pattern.compile(
            "\"id\"\\s*:\\s*\"([^\"]*)\",.*?\"severity\"\\s*:\\s*\"([^\"]*)\",.*?\"finding\"\\s*:\\s*\"([^\"]*)\"",
            Pattern.DOTALL);

    @Test
    void findsNothingMediumOrWorse(@TempDir Path directory) throws Exception {
        Peer.TESTSSL.require();
        Path json = directory.resolve("findings.json");
        List<String> found = new ArrayList<>();
        try (SecureServer server =
                new SecureServer(tls -> tls.key(SecureServer.EC).key(SecureServer.RSA))) {
            List<String> command = List.of(
                    "testssl",
                    "--quiet",
                    "--color=0",
                    "--ip=127.0.0.1",
                    "--jsonfile=" + json,
                    "--protocols",
                    "--std",
                    "--server-preference",
                    "--fs",
                    "--vulnerable",
                    "localhost:" + server.port());
            try (Program testssl = Program.start(command, Map.of(), directory)) {
                testssl.awaitExit(PATIENCE);
                String text = Files.readString(json);
                assertTrue(text.contains("\"TLS1_3\""), testssl::output);
                Matcher finding = FINDING.matcher(text);
                while (finding.find()) {
                    // the one is about the scanner's own openssl
                    if (!finding.group(1).equals("engine_problem")
                            && finding.group(2).matches("MEDIUM|HIGH|CRITICAL|WARN|FATAL")) {
                        found.add(String.join(" ", finding.group(1), finding.group(2), finding.group(3)));
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
