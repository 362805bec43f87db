package io.lws.lwsws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A configuration directory for a test; findings are given without the directory's own path. */
final class ConfigurationDir {
    private final Path directory;
    private final Findings findings = new Findings();

    ConfigurationDir(Path directory) {
        this.directory = directory;
    }

    ConfigurationDir file(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return directory;
    }

    Configuration read() {
        return ConfigurationReader.read(directory, directory.resolve("data"), findings);
    }

    List<String> problems() {
        read();
        return relative(findings.problems());
    }

    Findings findings() {
        return findings;
    }

    List<String> notes() {
        return relative(findings.notes());
    }

    List<String> relative(List<String> lines) {
        return lines.stream()
                .map(each -> each.replace(directory + "/", "").replace(directory.toString(), "DIR"))
                .toList();
    }
}
