package io.lws.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the rules look at: the modules of this checkout as the poms list them, their sources and their classes. */
final class Checkout {
    /** A Maven module with sources: its name and its directory. */
    record Module(String name, Path directory) {
        Path classes() {
            return directory.resolve("target/classes");
        }

        boolean isExample() {
            return directory.startsWith(ROOT.resolve("minimal-examples"));
        }

        boolean isPlugin() {
            return directory.startsWith(ROOT.resolve("plugins-standalone"));
        }

        /** A library or a server: what others build on, as against examples, plugins and what only measures or tests. */
        boolean isPublished() {
            return name.startsWith("lws");
        }

        @Override
        public String toString() {
            return ROOT.relativize(directory).toString();
        }
    }

    /** A source file with its text. */
    record Source(Path file, String text) {
        long lines() {
            return text.lines().count();
        }

        boolean isTest() {
            return toString().contains("/src/test/");
        }

        @Override
        public String toString() {
            return ROOT.relativize(file).toString();
        }
    }

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

    private static final Pattern RELEASE = Pattern.compile("<maven.compiler.release>(\\d+)<");

    private static final Map<Module, List<JavaClass>> CLASSES = new ConcurrentHashMap<>();

    private Checkout() {}

    /** Every module that has main sources. */
    static List<Module> modules() {
        List<Module> all = new ArrayList<>();
        collect(ROOT, all);
        return all;
    }

    private static void collect(Path directory, List<Module> all) {
        if (!isBuiltHere(directory)) {
            return;
        }
        if (Files.isDirectory(directory.resolve("src/main/java"))) {
            all.add(new Module(directory.getFileName().toString(), directory));
        }
        Matcher listed = MODULE.matcher(read(directory.resolve("pom.xml")));
        while (listed.find()) {
            collect(directory.resolve(listed.group(1)), all);
        }
    }

    /** Whether this JDK is new enough for the module in {@code directory}. */
    static boolean isBuiltHere(Path directory) {
        Matcher release = RELEASE.matcher(read(directory.resolve("pom.xml")));
        return !release.find()
                || Integer.parseInt(release.group(1)) <= Runtime.version().feature();
    }

    /** What a module's own classes are called; an example and a plugin may each have a copy of one. */
    static Set<String> namesIn(Module module) {
        Set<String> names = new TreeSet<>();
        classesOf(module).forEach(each -> names.add(each.getName()));
        return names;
    }

    /** The classes of a module, which the build must have compiled before these tests run. */
    static List<JavaClass> classesOf(Module module) {
        return CLASSES.computeIfAbsent(module, Checkout::readClasses);
    }

    private static List<JavaClass> readClasses(Module module) {
        if (!Files.isDirectory(module.classes())) {
            throw new IllegalStateException(module + " is not compiled: run the build from the root of the checkout");
        }
        return new ArrayList<>(new ClassFileImporter().importPath(module.classes()));
    }

    /** The module that each class belongs to, by class name. */
    static Map<String, Module> owners() {
        Map<String, Module> owners = new HashMap<>();
        for (Module module : modules()) {
            classesOf(module).forEach(owned -> owners.put(owned.getName(), module));
        }
        return owners;
    }

    /** All Java sources, of tests too. */
    static List<Source> sources() {
        List<Source> all = new ArrayList<>();
        for (Module module : modules()) {
            all.addAll(javaBelow(module.directory().resolve("src/main/java")));
            all.addAll(javaBelow(module.directory().resolve("src/test/java")));
        }
        all.addAll(javaBelow(Path.of("src/test/java").toAbsolutePath()));
        return all;
    }

    private static List<Source> javaBelow(Path directory) {
        return below(directory).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .map(file -> new Source(file, read(file)))
                .toList();
    }

    /** The regular files below a directory, none if there is no such directory. */
    static List<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
