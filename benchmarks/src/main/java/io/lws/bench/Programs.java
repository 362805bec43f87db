package io.lws.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system that a run uses where it has them. */
final class Programs {
    /** Where daemons live, which is on root's path only. */
    private static final List<String> ALSO = List.of("/usr/sbin", "/usr/local/sbin");

    private Programs() {}

    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator)), ALSO.stream())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static boolean has(String name) {
        return find(name).isPresent();
    }
}
