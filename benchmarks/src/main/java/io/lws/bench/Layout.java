package io.lws.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where things are: this module's own output directory, and in it the peers' jars and what a run writes. */
final class Layout {
    private Layout() {}

    /** Such as {@code benchmarks/target}. */
    static Path target() {
        try {
            Path classes = Path.of(Layout.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Objects.requireNonNull(classes.toAbsolutePath().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("classes are loaded from files", e);
        }
    }

    /** What our own server runs on: all that this program runs on. */
    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** The peers' classes, and the libraries they are written for, which are on no other class path. */
    static String peerClassPath() {
        return target().resolve("classes") + File.pathSeparator + peerJars() + File.separator + "*";
    }

    static Path peerJars() {
        return target().resolve("peers");
    }

    /** A directory for what a run leaves behind, made at need. */
    static Path work() {
        try {
            return Files.createDirectories(target().resolve("bench"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
