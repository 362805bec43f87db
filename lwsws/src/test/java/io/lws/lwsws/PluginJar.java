package io.lws.lwsws;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A plugin jar made for a test, compiled here so that no other class loader knows its classes. */
final class PluginJar {
    private static final String SOURCE = """
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

    private PluginJar() {}

    /** Puts a jar with one protocol, which answers requests with its option {@code number}, into {@code directory}. */
    static void put(Path directory, String protocol) throws IOException {
        Path work = Files.createTempDirectory(directory, "work");
        Path source = work.resolve("P.java");
        Files.writeString(source, SOURCE.replace("NAME", protocol));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", work.toString(), "-cp", classPath(), source.toString());
        if (status != 0) {
            throw new IllegalStateException("the plugin does not compile");
        }
        Files.createDirectories(work.resolve("META-INF/services"));
        Files.writeString(work.resolve("META-INF/services/io.lws.spi.ProtocolProvider"), "plugin.P\n");
        pack(work, directory.resolve(protocol + ".jar"));
    }

    /** As on the test's own path, whichever kind that is. */
    static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        return modules + System.getProperty("path.separator") + System.getProperty("java.class.path");
    }

    private static void pack(Path work, Path jar) throws IOException {
        List<Path> files;
        try (var found = Files.walk(work)) {
            files = found.filter(each ->
                            Files.isRegularFile(each) && !each.toString().endsWith(".java"))
                    .toList();
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (Path each : files) {
                zip.putNextEntry(new ZipEntry(work.relativize(each).toString()));
                Files.copy(each, zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
