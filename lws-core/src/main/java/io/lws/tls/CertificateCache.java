package io.lws.tls;

import io.lws.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the development certificate from one process to the next. Processes that begin at the same time may each make
 * one; the last to write wins, and none ever reads half a file. Any thread.
 */
final class CertificateCache {
    private static final Log LOG = Log.of("lws.tls");
    private static final Duration RENEWED_BEFORE = Duration.ofDays(7);
    private static final String FILE = "localhost.pem";

    private final Path directory;

    CertificateCache(Path directory) {
        this.directory = directory;
    }

    /** That of the user of this process. */
    static KeyMaterial ofUser() {
        return ofUser(System.getProperty("os.name", ""), System.getProperty("user.home", "."), System.getenv());
    }

    /** A directory whose name this JVM cannot say, such as one with an umlaut where LANG is C, is as good as none. */
    static KeyMaterial ofUser(String system, String home, Map<String, String> environment) {
        Path directory;
        try {
            directory = userDirectory(system, home, environment);
        } catch (InvalidPathException e) {
            LOG.info("lws", "the development certificate is for this process only: " + e.getMessage());
            return DevelopmentCertificate.localhost();
        }
        return new CertificateCache(directory).localhost();
    }

    /** Where this system keeps what a program may make again. */
    static Path userDirectory(String system, String home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            Path local = absolute(environment.get("LOCALAPPDATA"));
            return (local == null ? Path.of(home, "AppData", "Local") : local).resolve("lws");
        }
        if (name.startsWith("mac")) {
            return Path.of(home, "Library", "Caches", "lws");
        }
        Path cache = absolute(environment.get("XDG_CACHE_HOME"));
        return (cache == null ? Path.of(home, ".cache") : cache).resolve("lws");
    }

    private static @Nullable Path absolute(@Nullable String path) {
        return path == null || !Path.of(path).isAbsolute() ? null : Path.of(path);
    }

    /** What is kept, if it is good for another week; else a new one, which is kept from now on if it can be. */
    KeyMaterial localhost() {
        Path file = directory.resolve(FILE);
        KeyMaterial kept = read(file);
        if (kept != null) {
            return kept;
        }
        KeyMaterial made = DevelopmentCertificate.localhost();
        try {
            write(file, made.toPem());
            LOG.info("lws", "made a development certificate: " + file);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.info("lws", "the development certificate is for this process only: " + e);
        }
        return made;
    }

    private static @Nullable KeyMaterial read(Path file) {
        if (!Files.isReadable(file)) {
            return null;
        }
        try {
            KeyMaterial kept = KeyMaterial.files(file, file);
            return isGood(kept.leaf(), Instant.now()) ? kept : null;
        } catch (IllegalArgumentException e) {
            LOG.info("lws", "the development certificate is made anew: " + e.getMessage());
            return null;
        }
    }

    /** Already, for the clock may have been set back since it was made, and for another week. */
    static boolean isGood(X509Certificate kept, Instant now) {
        return !now.isBefore(kept.getNotBefore().toInstant())
                && now.plus(RENEWED_BEFORE).isBefore(kept.getNotAfter().toInstant());
    }

    /** Written beside and put in place whole; readable for its owner alone from its first byte. */
    private void write(Path file, String pem) throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(directory);
        Path beside = posix
                ? Files.createTempFile(
                        directory,
                        FILE,
                        "",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createTempFile(directory, FILE, "");
        try {
            Files.writeString(beside, pem);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
