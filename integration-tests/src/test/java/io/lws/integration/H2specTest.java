package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All of the conformance suite h2spec, the strict case included; its program comes out of a Maven artifact. */
@Timeout(180)
class H2specTest {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @TempDir
    static Path directory;

    @BeforeAll
    static void unpack() throws IOException {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the artifact has h2spec for x86-64 only");
        Path archive = directory.resolve("h2spec.tar.gz");
        try (InputStream in = Objects.requireNonNull(H2specTest.class.getResourceAsStream(ARCHIVE), ARCHIVE)) {
            Files.copy(in, archive);
        }
        List<String> unpack = List.of("tar", "xzf", archive.toString(), "-C", directory.toString());
        try (Program tar = Program.start(unpack, Map.of(), null)) {
            assertEquals(0, tar.awaitExit(PATIENCE), tar::output);
        }
        Files.writeString(directory.resolve("index.html"), "<!DOCTYPE html><title>h2spec</title>");
    }

    /** Begins all cases; most of their time is waiting, so that two such runs share it. */
    private static Program begin(Http2Site site, String... more) {
        List<String> command = new ArrayList<>(List.of(
                directory.resolve("h2spec").toString(),
                "--strict",
                "-o", // seconds for an answer; a machine with other work may need more than the two that are usual
                "10",
                "-h",
                "localhost",
                "-p",
                Integer.toString(site.port()),
                "-P",
                "/index.html"));
        command.addAll(List.of(more));
        return Program.start(command, Map.of(), null);
    }

    private static void assertAllPassed(Program h2spec) {
        int status = h2spec.awaitExit(PATIENCE);
        assertTrue(h2spec.output().contains("146 tests, 146 passed, 0 skipped, 0 failed"), h2spec::output);
        assertEquals(0, status);
    }

    @Test
    void passesEveryCaseInPlainTextAndOverTls() {
        try (Http2Site plainSite = new Http2Site(Http2Site.Wire.PLAIN, directory);
                Http2Site tlsSite = new Http2Site(Http2Site.Wire.TLS, directory);
                Program plain = begin(plainSite);
                Program tls = begin(tlsSite, "--tls", "--insecure")) {
            assertAllPassed(plain);
            assertAllPassed(tls);
        }
    }
}
