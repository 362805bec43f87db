package io.lws.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Everything in a plugin's jar, in memory: whoever replaces the file in place does no harm to those that run. Jars in its
 * directory {@code lib} are the plugin's own libraries; what the jar itself holds goes before them. Classes for newer
 * Javas (JEP 238) replace the others where this Java is new enough. The libraries are unpacked when something is wanted that
 * the jar itself does not hold, which may be never. Any thread.
 */
final class JarContents {
    private static final int MAX_ENTRIES = 20_000;
    private static final long MAX_BYTES = 128L << 20;
    private static final String VERSIONS = "META-INF/versions/";

    private final Path jar;
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, byte[]> packed = new LinkedHashMap<>();
    private @Nullable Map<String, byte[]> unpacked;
    private long bytes;
    private int entries;

    private JarContents(Path jar) {
        this.jar = jar;
    }

    /** @throws PluginException for what no honest tool makes: names that lead outside, a bomb, no entries at all */
    static JarContents read(Path jar) throws IOException {
        JarContents contents = new JarContents(jar);
        try (InputStream in = Files.newInputStream(jar)) {
            contents.readAll(in, contents.files, contents.packed);
        }
        if (contents.entries == 0) {
            throw new PluginException(jar, "is not a jar, or an empty one");
        }
        return contents;
    }

    /**
     * What the file of that name holds, or {@code null} where there is none.
     *
     * @throws PluginException as {@link #read}, for a library
     */
    byte @Nullable [] content(String name) {
        byte[] own = files.get(name);
        return own == null && !packed.isEmpty() ? libraries().get(name) : own;
    }

    private synchronized Map<String, byte[]> libraries() {
        Map<String, byte[]> all = unpacked;
        if (all == null) {
            all = new HashMap<>();
            for (Map.Entry<String, byte[]> each : packed.entrySet()) {
                try {
                    readAll(new ByteArrayInputStream(each.getValue()), all, new HashMap<>());
                } catch (IOException e) {
                    throw new PluginException(jar, each.getKey() + " in it: " + e.getMessage());
                }
            }
            unpacked = all;
        }
        return all;
    }

    private void readAll(InputStream from, Map<String, byte[]> into, Map<String, byte[]> libraries) throws IOException {
        JarInputStream in = new JarInputStream(from, false);
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            String name = checked(entry.getName());
            if (++entries > MAX_ENTRIES) {
                throw new PluginException(jar, "has more than " + MAX_ENTRIES + " entries");
            }
            if (entry.isDirectory()) {
                continue;
            }
            byte[] content = content(in);
            (isLibrary(name) ? libraries : found).putIfAbsent(name, content);
        }
        Manifest manifest = in.getManifest();
        if (manifest != null && isForSeveralJavas(manifest)) {
            entries++;
            preferNewest(found);
        }
        found.forEach(into::putIfAbsent);
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar");
    }

    private static boolean isForSeveralJavas(Manifest manifest) {
        return Boolean.parseBoolean(manifest.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
    }

    private String checked(String name) {
        boolean leadsOutside = name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0;
        for (String part : name.split("/", -1)) {
            leadsOutside |= part.equals("..") || part.equals(".");
        }
        if (leadsOutside) {
            throw new PluginException(jar, "holds \"" + name + "\", a name that leads outside of it");
        }
        return name;
    }

    private byte[] content(InputStream in) throws IOException {
        byte[] content = in.readNBytes((int) (MAX_BYTES - bytes + 1));
        bytes += content.length;
        if (bytes > MAX_BYTES) {
            throw new PluginException(jar, "holds more than " + MAX_BYTES + " bytes");
        }
        return content;
    }

    private static void preferNewest(Map<String, byte[]> found) {
        for (int java = 9; java <= Runtime.version().feature(); java++) {
            String prefix = VERSIONS + java + "/";
            for (Map.Entry<String, byte[]> each : Map.copyOf(found).entrySet()) {
                if (each.getKey().startsWith(prefix)) {
                    found.put(each.getKey().substring(prefix.length()), each.getValue());
                }
            }
        }
    }
}
