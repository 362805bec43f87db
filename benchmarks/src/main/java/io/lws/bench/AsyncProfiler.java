package io.lws.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The profiler's native library, unpacked from its jar. */
final class AsyncProfiler {
    private AsyncProfiler() {}

    /** Empty where there is no jar, or none for this system in it. */
    static Optional<Path> library() throws IOException {
        if (!Files.isDirectory(Layout.peerJars())) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Layout.peerJars(), "async-profiler-*.jar")) {
            for (Path jar : jars) {
                return unpack(jar);
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> unpack(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = file.getEntry(system() + "/libasyncProfiler.so");
            if (entry == null) {
                return Optional.empty();
            }
            Path library = Layout.work().resolve("libasyncProfiler.so");
            try (InputStream in = file.getInputStream(entry)) {
                Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
            }
            return Optional.of(library);
        }
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return "macos";
        }
        return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
    }
}
