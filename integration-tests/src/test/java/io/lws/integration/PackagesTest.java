package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What users unpack or install: it starts, serves its pages, and starts fast once its archive is there. */
@Timeout(180)
class PackagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STARTS = 10;
    private static final long MAX_START_MS = 400;

    @TempDir
    private Path directory;

    private static Path built(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(Program.ROOT.resolve("lwsws-packages/target"))) {
            return files.filter(each -> each.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String run(List<String> command) {
        Program program = Program.start(command, Map.of(), directory);
        assertEquals(0, program.awaitExit(PATIENCE), program::output);
        return program.output();
    }

    private Path unpacked() throws IOException {
        run(List.of("tar", "-xzf", built(".tar.gz").toString()));
        try (Stream<Path> made = Files.list(directory)) {
            return made.findFirst().orElseThrow();
        }
    }

    private static Program lwsws(Path home, Map<String, String> more, String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/lwsws").toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new java.util.HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        environment.putAll(more);
        return Program.start(command, environment, home);
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + port + path);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path);
        return answer.body();
    }

    private static void assertServes(Path home, Path configuration) throws Exception {
        try (Program lwsws = lwsws(home, Map.of(), "-c", configuration.toString(), "-p", "0")) {
            int port = lwsws.awaitPort();
            assertTrue(get(port, "/").contains("<title>"));
            assertTrue(get(port, "/status/").contains("Server status"));
            assertEquals(128 + 15, lwsws.end("TERM"), lwsws::output);
        }
    }

    private static void makeArchive(Path home) {
        Program making = lwsws(home, Map.of(), "--make-archive");
        assertEquals(0, making.awaitExit(PATIENCE), making::output);
        assertTrue(Files.exists(home.resolve("lib/lwsws.jsa")));
    }

    @Test
    void unpacksAndServes() throws Exception {
        Path home = unpacked();
        makeArchive(home);
        assertServes(home, home.resolve("etc"));
        // -Xshare:on ends a JVM that cannot use its archive
        Program plugins = lwsws(home, Map.of("LWSWS_JAVA_OPTS", "-Xshare:on"), "-c", "etc", "--plugins");
        assertEquals(0, plugins.awaitExit(PATIENCE), plugins::output);
        for (String each : List.of("lws-acme-client", "lws-server-status", "lws-mirror-protocol", "lws-minimal")) {
            assertTrue(
                    Pattern.compile("\\b" + each + "\\b")
                            .matcher(plugins.output())
                            .find(),
                    plugins::output);
        }
    }

    @Test
    void isADebianPackageThatServesWhereItLies() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "needs dpkg-deb");
        String deb = built(".deb").toString();
        assertTrue(run(List.of("dpkg-deb", "--field", deb, "Depends")).contains("java17-runtime-headless"));
        run(List.of("dpkg-deb", "--extract", deb, "installed"));
        run(List.of("dpkg-deb", "--control", deb, "control"));
        Path installed = directory.resolve("installed");
        assertEquals(
                List.of("/etc/lwsws/conf", "/etc/lwsws/conf.d/localhost"),
                Files.readAllLines(directory.resolve("control/conffiles")).stream()
                        .filter(each -> !each.isBlank())
                        .sorted()
                        .toList());
        for (String each : List.of("postinst", "prerm", "postrm")) {
            assertTrue(Files.isExecutable(directory.resolve("control").resolve(each)), each);
            run(List.of("sh", "-n", directory.resolve("control").resolve(each).toString()));
        }
        assertEquals(Path.of("../share/lwsws/bin/lwsws"), Files.readSymbolicLink(installed.resolve("usr/bin/lwsws")));
        String unit = Files.readString(installed.resolve("lib/systemd/system/lwsws.service"));
        assertTrue(unit.contains("ExecStart=/usr/bin/lwsws ") && !unit.contains("/opt/"), unit);
        assertServes(installed.resolve("usr/share/lwsws"), installed.resolve("etc/lwsws"));
    }

    private static long medianStartMs(Path home, Map<String, String> environment) {
        List<Long> tookMs = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            long beganNs = System.nanoTime();
            try (Program lwsws = lwsws(home, environment, "-c", "etc", "-p", "0")) {
                lwsws.awaitPort();
                tookMs.add((System.nanoTime() - beganNs) / 1_000_000);
                lwsws.end("TERM");
            }
        }
        return tookMs.stream().sorted().toList().get(STARTS / 2);
    }

    @Test
    @EnabledIfSystemProperty(named = "lws.long", matches = "true")
    void listensSoonAfterItIsStarted() throws Exception {
        Path home = unpacked();
        long without = medianStartMs(home, Map.of("LWSWS_ARCHIVE", ""));
        makeArchive(home);
        long with = medianStartMs(home, Map.of());
        System.out.println("from the start of bin/lwsws to listening, median of " + STARTS + ": " + without
                + " ms, with the archive " + with + " ms");
        assertTrue(with < MAX_START_MS, with + " ms");
    }
}
