package io.lws.testing;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/** Holds every file descriptor that this process may still open (EMFILE), until it is closed. */
final class DescriptorShortage implements AutoCloseable {
    private static final int MAX_FILES = 70_000;
    private static final String CLASS = ".class";

    private final ArrayDeque<FileInputStream> held = new ArrayDeque<>();

    DescriptorShortage() throws IOException {
        takeAll();
    }

    /** False where the process may open so many that it would take too long. */
    static boolean isPossible() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() < MAX_FILES;
    }

    private void takeAll() throws IOException {
        while (held.size() <= MAX_FILES) {
            try {
                held.push(new FileInputStream("/dev/null"));
            } catch (IOException e) {
                return;
            }
        }
        close();
        throw new IOException("there is no end of descriptors");
    }

    /** There is one for whoever comes first. */
    void spareOne() throws IOException {
        held.pop().close();
    }

    @Override
    public void close() throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }

    /** Loads all classes that lie where those of {@code samples} do: a file with a class cannot be opened meanwhile. */
    static void loadClassesBeside(Class<?>... samples) throws IOException {
        for (Class<?> sample : samples) {
            Path root = rootOf(sample);
            if (Files.isDirectory(root)) {
                for (Path file : classFiles(root)) {
                    String name = root.relativize(file).toString().replace('/', '.');
                    load(name.substring(0, name.length() - CLASS.length()), sample.getClassLoader());
                }
            }
        }
    }

    private static Path rootOf(Class<?> sample) {
        try {
            return Path.of(
                    sample.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> classFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(CLASS)
                            && !file.getFileName().toString().contains("-info"))
                    .toList();
        }
    }

    private static void load(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // it stands on a library that is not here, so nobody uses it
            return;
        }
    }
}
