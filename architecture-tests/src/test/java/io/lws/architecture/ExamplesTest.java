package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An example shows what a user can write, and has what {@code ./lws list} and {@code ./lws run} look for. */
class ExamplesTest {
    private static final String PROVIDER = "io.lws.spi.ProtocolProvider";

    /** What a page about the server itself reads: the generations there are, and what their connections are. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("io.lws.spi.Generations", "io.lws.spi.Generations$One", "io.lws.spi.RoleConnection");

    @Test
    void usesPublicApiOnly() throws IOException {
        Map<String, Checkout.Module> owners = Checkout.owners();
        Map<String, Set<String>> exported = exportedPackages();
        Set<String> inner = new TreeSet<>();
        for (Checkout.Module module : examplesAndPlugins()) {
            Set<String> own = Checkout.namesIn(module);
            for (JavaClass owned : Checkout.classesOf(module)) {
                for (Dependency arrow : owned.getDirectDependenciesFromSelf()) {
                    JavaClass target = arrow.getTargetClass();
                    Checkout.Module owner = owners.get(target.getName());
                    if (owner != null
                            && !own.contains(target.getName())
                            && !isPublic(target, exported.get(owner.name()))) {
                        inner.add(module + ": " + arrow.getDescription());
                    }
                }
            }
        }
        assertEquals(Set.of(), inner);
    }

    @Test
    void hasOneMainClassEach() {
        List<String> wrong = new ArrayList<>();
        for (Checkout.Module module : examplesAndPlugins()) {
            List<Path> mains = Checkout.below(module.directory().resolve("src/main/java")).stream()
                    .filter(file -> file.getFileName().toString().matches("Minimal.*\\.java"))
                    .toList();
            if (mains.size() != (module.isExample() ? 1 : 0)) {
                wrong.add(module + ": " + mains);
            }
        }
        assertEquals(List.of(), wrong, "an example has one Minimal*.java, a plugin none");
    }

    @Test
    void saysItsPurposeFirst() {
        List<String> silent = new ArrayList<>();
        for (Checkout.Module module : examplesAndPlugins()) {
            Path readme = module.directory().resolve("README.md");
            String text = Files.exists(readme) ? Checkout.read(readme) : "";
            if (!text.matches("(?s)# [^\n]+\n\n[A-Z].*")) {
                silent.add(module.toString());
            }
        }
        assertEquals(List.of(), silent, "README.md with a title, an empty line, and then the purpose");
    }

    @Test
    void offersAPluginByItsProvider() {
        assertEquals(
                List.of(),
                Checkout.modules().stream()
                        .filter(Checkout.Module::isPlugin)
                        .filter(module -> !Files.exists(
                                module.classes().resolve("META-INF/services").resolve(PROVIDER)))
                        .toList());
    }

    /** A plugin jar without a provider is refused by whoever loads it: such an example makes none. */
    @Test
    void makesAPluginJarWhereThereIsAProvider() {
        assertEquals(
                List.of(),
                Checkout.modules().stream()
                        .filter(Checkout.Module::isExample)
                        .filter(module -> hasProvider(module) == saysNoPlugin(module))
                        .toList());
    }

    private static boolean hasProvider(Checkout.Module example) {
        return Files.exists(example.directory()
                .resolve("src/main/resources/META-INF/services")
                .resolve(PROVIDER));
    }

    private static boolean saysNoPlugin(Checkout.Module example) {
        return Checkout.read(example.directory().resolve("pom.xml")).contains("<plugin.jar.phase>none<");
    }

    @Test
    void listsEveryExampleInThePom() throws IOException {
        Set<String> listed =
                examplesAndPlugins().stream().map(Checkout.Module::toString).collect(Collectors.toSet());
        Set<String> forgotten = new TreeSet<>();
        for (String parent : List.of("minimal-examples", "plugins-standalone")) {
            try (var found = Files.find(Checkout.ROOT.resolve(parent), 3, (file, about) -> file.endsWith("pom.xml"))) {
                found.map(Path::getParent)
                        .filter(Checkout::isBuiltHere)
                        .map(module -> Checkout.ROOT.relativize(module).toString())
                        .filter(directory -> !directory.equals(parent) && !listed.contains(directory))
                        .forEach(forgotten::add);
            }
        }
        assertEquals(Set.of(), forgotten);
    }

    private static List<Checkout.Module> examplesAndPlugins() {
        return Checkout.modules().stream()
                .filter(module -> module.isExample() || module.isPlugin())
                .toList();
    }

    /** Of io.lws.spi, which is for those who extend the library, an example needs only what makes it a plugin. */
    private static boolean isPublic(JavaClass target, Set<String> exported) {
        if (target.getPackageName().equals("io.lws.spi")) {
            return target.getName().equals(PROVIDER) || OF_THE_SERVER.contains(target.getName());
        }
        return exported.contains(target.getPackageName());
    }

    private static Map<String, Set<String>> exportedPackages() throws IOException {
        Map<String, Set<String>> exported = new HashMap<>();
        for (Checkout.Module module : Checkout.modules()) {
            Path descriptor = module.classes().resolve("module-info.class");
            Set<String> packages = new TreeSet<>();
            if (Files.exists(descriptor)) {
                try (InputStream in = Files.newInputStream(descriptor)) {
                    ModuleDescriptor.read(in).exports().stream()
                            .filter(line -> !line.isQualified())
                            .forEach(line -> packages.add(line.source()));
                }
            }
            exported.put(module.name(), packages);
        }
        return exported;
    }
}
