package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin made of lws-plugin-archetype, by the command of plugins-standalone/README.md, builds and is served. */
@Timeout(180)
class PluginArchetypeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String ARCHETYPE = "lws-plugin-archetype";

    @TempDir
    private Path directory;

    /** As mvn install would, but for this test alone. */
    @BeforeEach
    void fillRepository() throws IOException {
        install("lws-parent", Program.ROOT, "pom");
        for (String each : List.of("lws-core", "lws-http", "lws-ws", ARCHETYPE)) {
            install(each, Program.ROOT.resolve(each), "jar");
        }
    }

    private void install(String artifact, Path module, String packaging) throws IOException {
        String name = artifact + "-" + VERSION;
        Path in = directory.resolve("repository/io/lws/" + artifact + "/" + VERSION);
        Files.createDirectories(in);
        Files.copy(module.resolve("pom.xml"), in.resolve(name + ".pom"));
        if (packaging.equals("jar")) {
            Files.copy(module.resolve("target").resolve(name + ".jar"), in.resolve(name + ".jar"));
        }
    }

    /** The user's own repository stands behind the one of this test. */
    private Program maven(Path where, String... arguments) {
        Path usual = Path.of(System.getProperty("user.home"), ".m2/repository");
        List<String> command = new ArrayList<>(List.of(
                Program.ROOT.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + directory.resolve("repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("maven.repo.local", usual.toString()),
                "-Dmaven.repo.local.tail.ignoreAvailability=true"));
        command.addAll(List.of(arguments));
        return Program.start(command, Map.of("MAVEN_OPTS", "", "JAVA_HOME", System.getProperty("java.home")), where);
    }

    private static void assertDone(Program maven) {
        assertEquals(0, maven.awaitExit(PATIENCE), maven::output);
    }

    @Test
    void makesAPluginThatIsServed() throws IOException {
        assertDone(maven(
                directory,
                "org.apache.maven.plugins:maven-archetype-plugin:3.4.1:generate",
                "-DarchetypeCatalog=local",
                "-DarchetypeGroupId=io.lws",
                "-DarchetypeArtifactId=" + ARCHETYPE,
                "-DarchetypeVersion=" + VERSION,
                "-DgroupId=org.example",
                "-DartifactId=protocol-salute",
                "-Dpackage=org.example.salute",
                "-Dprotocol=salute",
                "-DclassName=Salute",
                "-DinteractiveMode=false"));
        Path made = directory.resolve("protocol-salute");
        assertTrue(Files.exists(made.resolve("src/main/java/org/example/salute/SaluteProtocol.java")));
        Program build = maven(made, "package");
        assertDone(build);
        assertTrue(build.output().contains("Tests run: 1, Failures: 0"), build::output);
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        try (Stream<Path> jars = Files.list(made.resolve("target"))) {
            Path jar = jars.filter(each -> each.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(jar, plugins.resolve(jar.getFileName()));
        }
        try (Program lwsws = Program.lwsws(made.resolve("conf"), plugins)) {
            assertTrue(lwsws.awaitLine("^ready .*").group().contains("protocols salute"), lwsws::output);
        }
    }
}
