package io.lws.plugin;

import io.lws.plugin.ZipArchive.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a plugin's jar, in memory: whoever replaces the file in place does no harm to those that run. Jars in its
 * directory {@code lib} are the plugin's own libraries; what the jar itself holds goes before them. Classes for newer
 * Javas (JEP 238) replace the others where this Java is new enough. What the jar holds has been unpacked and found whole;
 * what its libraries hold is unpacked when it is wanted, which may be never.
 */
final class JarContents {
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_BYTES = 128L << 20;
    private static final String VERSIONS = "META-INF/versions/";

    private final Path jar;
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Packed> packed = new HashMap<>();
    private long bytes;
    private int entries;

    private JarContents(Path jar) {
        this.jar = jar;
    }

    private record Packed(ZipArchive library, Entry entry) {}

    /** @throws PluginException for what no honest tool makes: names that lead outside, a bomb, no entries at all */
    static JarContents read(Path jar) throws IOException {
        JarContents contents = new JarContents(jar);
        contents.counted(Files.size(jar));
        contents.bytes = 0;
        contents.readAll(Files.readAllBytes(jar));
        return contents;
    }

    private void readAll(byte[] whole) throws IOException {
        ZipArchive archive = archive("", whole);
        if (archive.entries().isEmpty()) {
            throw new PluginException(jar, "is not a jar, or an empty one");
        }
        List<byte[]> libraries = new ArrayList<>();
        for (Map.Entry<String, Entry> each : preferred(archive).entrySet()) {
            byte[] content = archive.content(each.getValue());
            if (isLibrary(each.getKey())) {
                libraries.add(content);
            } else {
                files.put(each.getKey(), content);
            }
        }
        for (byte[] each : libraries) {
            ZipArchive library = archive("a library in it ", each);
            preferred(library).forEach((name, entry) -> packed.putIfAbsent(name, new Packed(library, entry)));
        }
    }

    private ZipArchive archive(String which, byte[] whole) {
        try {
            ZipArchive archive = new ZipArchive(whole);
            for (Entry each : archive.entries()) {
                check(each.name());
                counted(each.contentBytes());
                if (++entries > MAX_ENTRIES) {
                    throw new PluginException(jar, "has more than " + MAX_ENTRIES + " entries");
                }
            }
            return archive;
        } catch (ZipException e) {
            throw new PluginException(jar, which + e.getMessage());
        }
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar");
    }

    private void check(String name) {
        boolean leadsOutside = name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
        if (name.startsWith(".") || name.contains("/.")) {
            for (String part : name.split("/", -1)) {
                leadsOutside |= part.equals("..") || part.equals(".");
            }
        }
        if (leadsOutside) {
            throw new PluginException(jar, "holds \"" + name + "\", a name that leads outside of it");
        }
    }

    private void counted(long more) {
        bytes += more;
        if (bytes > MAX_BYTES) {
            throw new PluginException(jar, "holds more than " + MAX_BYTES + " bytes");
        }
    }

    /** Files by the names they are found by on this Java. */
    private static Map<String, Entry> preferred(ZipArchive archive) throws IOException {
        Map<String, Entry> found = new LinkedHashMap<>();
        Map<String, Entry> versioned = new LinkedHashMap<>();
        for (Entry each : archive.entries()) {
            if (!each.isDirectory()) {
                (each.name().startsWith(VERSIONS) ? versioned : found).put(each.name(), each);
            }
        }
        if (!versioned.isEmpty() && isForSeveralJavas(archive)) {
            for (int java = 9; java <= Runtime.version().feature(); java++) {
                String prefix = VERSIONS + java + "/";
                versioned.forEach((name, entry) -> {
                    if (name.startsWith(prefix)) {
                        found.put(name.substring(prefix.length()), entry);
                    }
                });
            }
        }
        versioned.forEach(found::putIfAbsent);
        return found;
    }

    private static boolean isForSeveralJavas(ZipArchive archive) throws IOException {
        Entry manifest = archive.entry(JarFile.MANIFEST_NAME);
        return manifest != null
                && Boolean.parseBoolean(new Manifest(new ByteArrayInputStream(archive.content(manifest)))
                        .getMainAttributes()
                        .getValue(Attributes.Name.MULTI_RELEASE));
    }

    /** What the file of that name holds, or {@code null} where there is none. Any thread, once it is read. */
    byte @Nullable [] content(String name) throws ZipException {
        byte[] own = files.get(name);
        Packed there = own == null ? packed.get(name) : null;
        return there == null ? own : there.library.content(there.entry);
    }

    /** Whether there is a file of that name. */
    boolean has(String name) {
        return files.containsKey(name) || packed.containsKey(name);
    }
}
