package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A module works the same on the class path and on the module path. */
class ServicesTest {
    @Test
    void describesEveryLibraryAsAModule() {
        List<Checkout.Module> undescribed = Checkout.modules().stream()
                .filter(Checkout.Module::isPublished)
                .filter(module -> !Files.exists(descriptor(module)))
                .toList();
        assertEquals(List.of(), undescribed, "libraries without module-info.java");
    }

    @Test
    void providesTheSameServicesEitherWay() throws IOException {
        List<String> differing = new ArrayList<>();
        for (Checkout.Module module : Checkout.modules()) {
            if (!Files.exists(descriptor(module))) {
                continue;
            }
            Map<String, Set<String>> provided = providedByDescriptor(module);
            Map<String, Set<String>> listed = listedOnClassPath(module);
            if (!provided.equals(listed)) {
                differing.add(module + ": module-info provides " + provided + ", META-INF/services lists " + listed);
            }
        }
        assertEquals(List.of(), differing);
    }

    private static Path descriptor(Checkout.Module module) {
        return module.classes().resolve("module-info.class");
    }

    private static Map<String, Set<String>> providedByDescriptor(Checkout.Module module) throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        try (InputStream in = Files.newInputStream(descriptor(module))) {
            ModuleDescriptor.read(in)
                    .provides()
                    .forEach(line -> services.put(line.service(), new TreeSet<>(line.providers())));
        }
        return services;
    }

    private static Map<String, Set<String>> listedOnClassPath(Checkout.Module module) {
        Map<String, Set<String>> services = new TreeMap<>();
        for (Path file : Checkout.below(module.classes().resolve("META-INF/services"))) {
            Set<String> providers = new TreeSet<>();
            Checkout.read(file)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(providers::add);
            services.put(file.getFileName().toString(), providers);
        }
        return services;
    }
}
