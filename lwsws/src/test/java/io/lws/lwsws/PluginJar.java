package io.lws.lwsws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A plugin jar made for a test, compiled here so that no other class loader knows its classes. */
final class PluginJar {
    /** Answers requests with its option {@code number}. */
    private static final String NUMBERS = """
            package plugin;
            import io.lws.*;
            public class P implements io.lws.spi.ProtocolProvider {
                public String protocolName() { return "NAME"; }
                public String description() { return "for a test"; }
                public int apiLevel() { return API_LEVEL; }
                public ProtocolFactory factory() { return Bound::new; }
                static class Bound implements io.lws.http.HttpProtocol<Void> {
                    final int number;
                    Bound(Vhost vhost, ProtocolOptions options) { number = options.integer("number", 0); }
                    public void onRequest(io.lws.http.HttpTransaction<Void> http) {
                        http.respond(200, "text/plain", "number " + number);
                    }
                }
            }
            """;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private PluginJar() {}

    /** Puts a jar with one protocol, which answers requests with its option {@code number}, into {@code directory}. */
    static void put(Path directory, String protocol) throws IOException {
        provider(NUMBERS.replace("NAME", protocol)).into(directory.resolve(protocol + ".jar"));
    }

    /** A jar of {@code plugin.P}, which is named as a provider. */
    static PluginJar provider(String source, String... more) throws IOException {
        return new PluginJar()
                .entry("META-INF/services/io.lws.spi.ProtocolProvider", "plugin.P\n".getBytes(StandardCharsets.UTF_8))
                .classes(List.of(), source, more);
    }

    static PluginJar empty() {
        return new PluginJar();
    }

    /** Adds what {@code sources} compile to, each beginning with its package and holding one public class. */
    PluginJar classes(List<String> options, String source, String... more) throws IOException {
        Path work = Files.createTempDirectory("plugin");
        List<String> args = new ArrayList<>(List.of("-nowarn", "-d", work.toString(), "-cp", classPath()));
        args.addAll(options);
        List<String> sources = new ArrayList<>(List.of(more));
        sources.add(0, source);
        for (String each : sources) {
            String name = each.replaceAll("(?s).*?public (final )?class (\\w+).*", "$2");
            Path file = Files.createDirectories(work.resolve("src")).resolve(name + ".java");
            Files.writeString(file, each);
            args.add(file.toString());
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, args.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("the plugin does not compile");
        }
        try (var found = Files.walk(work)) {
            for (Path each :
                    found.filter(file -> file.toString().endsWith(".class")).toList()) {
                entry(work.relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return this;
    }

    PluginJar entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    byte[] content(String name) {
        return entries.get(name).clone();
    }

    PluginJar without(String name) {
        entries.remove(name);
        return this;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JarOutputStream zip = new JarOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        return out.toByteArray();
    }

    /** Appears whole, in the place of what was there. */
    void into(Path jar) throws IOException {
        Path unfinished = Files.createTempFile("plugin", ".part");
        Files.write(unfinished, bytes());
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** As on the test's own path, whichever kind that is. */
    static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        return modules + System.getProperty("path.separator") + System.getProperty("java.class.path");
    }
}
