package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bin/lwsws} asks of Java, with a program in its place that only says what it was asked. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("../lwsws-packages/src/bin/lwsws");

    /** Fails where FAIL is among its arguments; makes the archive it is told to. */
    private static final String JAVA = """
            #!/bin/sh
            echo "$* notify=${NOTIFY_SOCKET:-} watchdog=${WATCHDOG_USEC:-}" >>"$SAID"
            for each in "$@"; do
                case $each in
                    -XX:ArchiveClassesAtExit=*|-XX:AOTCacheOutput=*)
                        [ -z "${FAILS:-}" ] || { echo "no archive today"; exit 1; }
                        echo archive >"${each#*=}";;
                esac
            done
            """;

    @TempDir
    private Path directory;

    private Path home;
    private Path said;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(Files.isRegularFile(SCRIPT) && Files.isExecutable(Path.of("/bin/sh")), "needs the script and sh");
        home = Files.createDirectories(directory.resolve("home"));
        said = directory.resolve("said");
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/lwsws.jar"), "");
        Files.copy(SCRIPT, Files.createDirectories(home.resolve("bin")).resolve("lwsws"));
        for (String version : List.of("17.0.9", "25.0.1")) {
            Path java = Files.createDirectories(directory.resolve(version).resolve("bin"))
                    .resolve("java");
            Files.writeString(java, JAVA);
            assertTrue(java.toFile().setExecutable(true));
            Files.writeString(directory.resolve(version).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            Path modules = Files.createDirectories(directory.resolve(version).resolve("lib"))
                    .resolve("modules");
            Files.writeString(modules, "");
        }
    }

    private record Ended(int status, String output) {}

    private Ended run(String version, Map<String, String> more, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", home.resolve("bin/lwsws").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("LWSWS_.*|STATE_DIRECTORY|NOTIFY_SOCKET|WATCHDOG_USEC"));
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        directory.resolve(version).toString(),
                        "SAID",
                        said.toString(),
                        "TMPDIR",
                        "" + directory));
        builder.environment().putAll(more);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), output);
    }

    private List<String> files(Path where) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void makesTheArchiveOfItsJavaAndUsesIt() throws Exception {
        for (String[] each : new String[][] {
            {"17.0.9", "lwsws-17.0.9.jsa", "-XX:SharedArchiveFile="}, {"25.0.1", "lwsws-25.0.1.aot", "-XX:AOTCache="}
        }) {
            assertEquals(new Ended(0, ""), run(each[0], Map.of(), "--make-archive"));
            assertTrue(files(home.resolve("lib")).contains(each[1]), files(home.resolve("lib"))::toString);
            assertTrue(Files.readString(said).contains("--rehearse"));
            Files.delete(said);
            assertEquals(new Ended(0, ""), run(each[0], Map.of(), "--check"));
            String start = Files.readString(said);
            assertTrue(start.startsWith(each[2] + home.resolve("lib").resolve(each[1]) + " "), start);
            assertTrue(start.contains(" io.lws.lwsws.LwswsMain --check "), start);
            Files.delete(said);
        }
    }

    @Test
    void leavesNothingWhereNoArchiveCanBeMade() throws Exception {
        Ended ended = run("17.0.9", Map.of("FAILS", "1"), "--make-archive");
        assertEquals(new Ended(1, "no archive today\n"), ended);
        assertEquals(List.of("lwsws.jar"), files(home.resolve("lib")));
        assertEquals(2, Files.readAllLines(said).size(), "with the plugins of the package, and without them");
        assertEquals(List.of("17.0.9", "25.0.1", "home", "said"), files(directory));
    }

    /** The rehearsal of a service is none of systemd's business, which would take its end for that of the server. */
    @Test
    void tellsSystemdNothingOfTheRehearsal() throws Exception {
        run("17.0.9", Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "9"), "--make-archive");
        assertTrue(Files.readString(said).endsWith(" notify= watchdog=\n"), Files.readString(said));
    }

    /** An installation that belongs to root, as below /opt, with the directory that the unit asks for. */
    @Test
    void keepsTheArchiveOfAServiceWhereThatMayWrite() throws Exception {
        assertTrue(Files.readString(Path.of("../lwsws-packages/src/systemd/lwsws.service"))
                .contains("\nStateDirectory=lwsws\n"));
        Path state = Files.createDirectories(directory.resolve("state"));
        Map<String, String> service = Map.of("STATE_DIRECTORY", state + ":/elsewhere");
        Files.move(
                home.resolve("lib"), home.resolve("jars")); // a directory in which root may not write is hard to find
        assertEquals(new Ended(0, ""), run("17.0.9", service, "--make-archive"));
        assertEquals(List.of("lwsws-17.0.9.jsa"), files(state));
    }
}
