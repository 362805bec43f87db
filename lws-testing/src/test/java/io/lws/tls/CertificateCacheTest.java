package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The development certificate in the user's cache. */
class CertificateCacheTest {
    @TempDir
    Path directory;

    private KeyMaterial kept() {
        return new CertificateCache(directory.resolve("a/b")).localhost();
    }

    private Path file() {
        return directory.resolve("a/b/localhost.pem");
    }

    private void keep(KeyMaterial material) throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), material.toPem());
    }

    private static KeyMaterial lasting(Duration left) {
        return DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, left, List.of());
    }

    @Test
    void keepsWhatItMakes() throws IOException {
        KeyMaterial first = kept();
        assertTrue(first.sameAs(kept()));
        assertTrue(first.sameAs(KeyMaterial.files(file(), file())));
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void letsNobodyElseReadIt() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        kept();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void takesWhatIsThere() throws IOException {
        KeyMaterial there = lasting(Duration.ofDays(8));
        keep(there);
        assertTrue(there.sameAs(kept()));
    }

    @Test
    void makesANewOneInTheLastWeek() throws IOException {
        KeyMaterial there = lasting(Duration.ofDays(6));
        keep(there);
        assertFalse(there.sameAs(kept()));
        assertNotEquals(there.toPem(), Files.readString(file()));
    }

    @Test
    void takesNoneThatIsNotValidYet() {
        X509Certificate there = lasting(Duration.ofDays(90)).leaf();
        Instant begin = there.getNotBefore().toInstant();
        assertTrue(CertificateCache.isGood(there, begin));
        assertFalse(CertificateCache.isGood(there, begin.minusSeconds(1)), "the clock has been set back");
        assertFalse(
                CertificateCache.isGood(there, there.getNotAfter().toInstant().minus(Duration.ofDays(7))));
    }

    @Test
    void replacesWhatIsNoCertificate() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "half a fi");
        assertTrue(kept().sameAs(KeyMaterial.files(file(), file())));
    }

    @Test
    void doesWithoutADirectory() throws IOException {
        Files.writeString(directory.resolve("a"), "in the way");
        assertTrue(kept().sameAs(DevelopmentCertificate.localhost()));
    }

    static Stream<Map<String, String>> unspeakable() {
        return Stream.of(Map.of(), Map.of("XDG_CACHE_HOME", "/var/\0"), Map.of("XDG_CACHE_HOME", "relative/\0"));
    }

    /** A name of other characters than the locale has is none to this JVM; one with NUL is none to any. */
    @ParameterizedTest
    @MethodSource("unspeakable")
    void doesWithoutADirectoryWhoseNameItCannotSay(Map<String, String> environment) {
        assertSame(DevelopmentCertificate.localhost(), CertificateCache.ofUser("Linux", "/home/\0", environment));
    }

    record Row(String system, Map<String, String> environment, String expected) {}

    static Stream<Row> systems() {
        return Stream.of(
                new Row("Linux", Map.of(), "/home/u/.cache/lws"),
                new Row("Linux", Map.of("XDG_CACHE_HOME", "/var/u"), "/var/u/lws"),
                new Row("Linux", Map.of("XDG_CACHE_HOME", "relative"), "/home/u/.cache/lws"),
                new Row("Mac OS X", Map.of(), "/home/u/Library/Caches/lws"),
                new Row("Windows 11", Map.of(), "/home/u/AppData/Local/lws"),
                new Row("Windows 11", Map.of("LOCALAPPDATA", "/local"), "/local/lws"));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void knowsWhereCachesAre(Row row) {
        assertEquals(Path.of(row.expected), CertificateCache.userDirectory(row.system, "/home/u", row.environment));
    }
}
