package io.lws.lwsws;

import io.lws.lwsws.ConfigNode.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code conf} and then every regular file of {@code conf.d} in the order of their names. Each file is an object
 * with {@code global}, with {@code vhosts}, or with both.
 */
final class ConfigurationReader {
    private static final KeyTable<ConfigurationReader> KEYS = KeyTable.<ConfigurationReader>builder()
            .key("global", (reader, value) -> reader.global.read(value))
            .key("vhosts", (reader, value) -> reader.vhosts(value))
            .build();

    /** Any name with a tilde is passed over by lws; hidden files and those of dpkg, ucf and rpm would be sites twice. */
    private static final Pattern LEFT_BEHIND =
            Pattern.compile("\\..*|.*~.*|#.*#|.*\\.(dpkg-\\w+|ucf-\\w+|rpm(new|save|orig)|swp|orig|rej)");

    private final Path directory;
    private final Findings findings;
    private final GlobalSettings global;
    private final List<VhostSettings> vhosts = new ArrayList<>();

    private ConfigurationReader(Path directory, Findings findings) {
        this.directory = directory;
        this.findings = findings;
        global = new GlobalSettings(directory);
    }

    /**
     * Reads all there is; problems are in {@code findings} afterwards.
     *
     * @param source the configuration directory, or a single file
     * @param dataDir what {@code _lws_ddir_} stands for
     */
    static Configuration read(Path source, Path dataDir, Findings findings) {
        boolean single = Files.isRegularFile(source);
        Path absolute = source.toAbsolutePath();
        Path directory = single && absolute.getParent() != null ? absolute.getParent() : absolute;
        ConfigurationReader reader = new ConfigurationReader(directory, findings);
        for (Path file : single ? List.of(source) : reader.files(source)) {
            reader.file(file, dataDir);
        }
        reader.vhosts.forEach(each -> each.settleTls(reader.global.defaultAlpn()));
        if (reader.vhosts.isEmpty() && findings.problems().isEmpty()) {
            findings.problem(Location.of(source), "vhosts", "at least one vhost is needed");
        }
        return new Configuration(reader.global, reader.vhosts, directory);
    }

    private List<Path> files(Path source) {
        List<Path> files = new ArrayList<>(List.of(source.resolve("conf")));
        Path more = source.resolve("conf.d");
        if (Files.exists(more)) {
            try (Stream<Path> entries = Files.list(more)) {
                entries.sorted().filter(this::isWanted).forEach(files::add);
            } catch (IOException e) {
                findings.problem(Location.of(more), "", "cannot be read: " + SystemWords.of(e));
            }
        }
        return files;
    }

    /** Directories are passed over, as in lws; so is what an editor or a package manager leaves, which is told. */
    private boolean isWanted(Path entry) {
        if (LEFT_BEHIND.matcher(entry.getFileName().toString()).matches()) {
            findings.note(Location.of(entry), "", "is not read: its name is that of a file left behind");
            return false;
        }
        if (Files.notExists(entry)) {
            findings.problem(Location.of(entry), "", "is a link to nothing");
        }
        return Files.isRegularFile(entry);
    }

    private void file(Path file, Path dataDir) {
        String json = ConfigFile.text(file, findings);
        Tree tree = json == null ? null : JsonReader.read(file, json, dataDir, findings);
        if (tree != null) {
            KEYS.read(Value.root(tree, findings), this);
        }
    }

    private void vhosts(Value list) {
        for (Value each : list.elements()) {
            vhosts.add(VhostSettings.read(each, directory));
        }
    }
}
