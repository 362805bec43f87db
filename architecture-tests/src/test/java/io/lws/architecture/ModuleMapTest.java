package io.lws.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows between modules point downwards, and from the libraries to nothing but what an embedder agreed to audit. */
class ModuleMapTest {
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "lws-core", Set.of("org.jctools.", "org.bouncycastle."),
            "lws-http", Set.of(),
            "lws-ws", Set.of(),
            "lws-raw", Set.of(),
            "lws-cli", Set.of("picocli."),
            "lws-testing", Set.of("org.junit.jupiter.api.", "org.opentest4j.", "com.sun.management."));

    @Test
    void drawsEveryModule() {
        List<Checkout.Module> strangers =
                Checkout.modules().stream().filter(m -> !ModuleMap.isDrawn(m)).toList();
        assertEquals(List.of(), strangers, "modules that the map does not know");
    }

    @Test
    void pointsDownwardsOnly() {
        Map<String, Checkout.Module> owners = Checkout.owners();
        Set<String> upward = new TreeSet<>();
        for (Checkout.Module module : Checkout.modules()) {
            Set<String> own = Checkout.namesIn(module);
            for (Dependency arrow : arrowsOf(module)) {
                String name = arrow.getTargetClass().getName();
                Checkout.Module target = own.contains(name) ? module : owners.get(name);
                if (target != null && !ModuleMap.mayName(module, target)) {
                    upward.add(module + " -> " + target + ": " + arrow.getDescription());
                }
            }
        }
        assertEquals(Set.of(), upward);
    }

    @Test
    void keepsWhatAnEmbedderAuditsSmall() {
        Map<String, Checkout.Module> owners = Checkout.owners();
        Set<String> foreign = new TreeSet<>();
        for (Checkout.Module module : Checkout.modules()) {
            Set<String> agreed = LIBRARIES.get(module.name());
            if (agreed == null) {
                continue;
            }
            for (Dependency arrow : arrowsOf(module)) {
                String target = arrow.getTargetClass().getBaseComponentType().getName();
                if (!owners.containsKey(target) && !isOfThePlatform(target) && !startsWithAny(agreed, target)) {
                    foreign.add(module + " -> " + target);
                }
            }
        }
        assertEquals(Set.of(), foreign);
    }

    @Test
    void refusesArrowsThatPointUp() {
        Checkout.Module core = module("lws-core");
        Checkout.Module http = module("lws-http");
        Checkout.Module raw = module("lws-raw");
        Checkout.Module example = module("minimal-examples/raw/minimal-raw-vhost");
        Checkout.Module plugin = module("plugins-standalone/protocol-x");
        assertTrue(ModuleMap.mayName(http, core));
        assertFalse(ModuleMap.mayName(core, http));
        assertFalse(ModuleMap.mayName(http, raw));
        assertTrue(ModuleMap.mayName(example, module("lws-cli")));
        assertFalse(ModuleMap.mayName(plugin, module("lws-cli")));
        assertFalse(ModuleMap.mayName(example, plugin));
        assertFalse(ModuleMap.mayName(example, module("lws-testing")));
        assertFalse(ModuleMap.isDrawn(module("lws-unheard-of")));
    }

    private static Checkout.Module module(String path) {
        return new Checkout.Module(path.substring(path.lastIndexOf('/') + 1), Checkout.ROOT.resolve(path));
    }

    private static List<Dependency> arrowsOf(Checkout.Module module) {
        List<Dependency> arrows = new ArrayList<>();
        for (JavaClass owned : Checkout.classesOf(module)) {
            arrows.addAll(owned.getDirectDependenciesFromSelf());
        }
        return arrows;
    }

    private static boolean isOfThePlatform(String name) {
        return !name.contains(".") || startsWithAny(Set.of("java.", "javax.", "jdk.", "org.jspecify."), name);
    }

    private static boolean startsWithAny(Set<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
