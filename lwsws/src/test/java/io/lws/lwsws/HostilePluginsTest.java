package io.lws.lwsws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.plugin.PluginDirectory;
import io.lws.plugin.PluginException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A jar that cannot be used is refused by name, and the others are served. */
class HostilePluginsTest {
    private static final String PROVIDER = """
            package plugin;
            import io.lws.*;
            public class P implements io.lws.spi.ProtocolProvider {
                STATIC
                public String protocolName() { return "odd"; }
                public String description() { return "for a test"; }
                public int apiLevel() { return LEVEL; }
                public ProtocolFactory factory() { FACTORY }
            }
            """;
    private static final String SOUND = "return (vhost, options) -> new Protocol<Void>() {};";

    @TempDir
    private Path directory;

    private static String provider(String statics, String factory) {
        return PROVIDER.replace("STATIC", statics).replace("FACTORY", factory).replace("LEVEL", "API_LEVEL");
    }

    private String refusal(PluginJar jar) throws IOException {
        jar.into(directory.resolve("odd.jar"));
        return refusal();
    }

    private String refusal() throws IOException {
        PluginJar.put(directory, "sound");
        try (PluginDirectory plugins = PluginDirectory.load(List.of(directory))) {
            assertEquals(Set.of("sound"), plugins.providers().keySet());
            assertEquals(1, plugins.refusals().size());
            String refusal = plugins.refusals().get(0);
            assertTrue(refusal.startsWith("odd.jar: "), refusal);
            return refusal;
        }
    }

    private void assertRefused(String why, PluginJar jar) throws IOException {
        String refusal = refusal(jar);
        assertTrue(refusal.contains(why), refusal);
    }

    private static PluginJar sound() throws IOException {
        return PluginJar.provider(provider("", SOUND));
    }

    @Test
    void refusesNamesThatLeadOutside() throws IOException {
        for (String name : List.of("../../etc/x", "/etc/x", "a/../../x", "C:/x", "a\\x")) {
            assertRefused("\"" + name + "\"", sound().entry(name, new byte[1]));
        }
    }

    @Test
    void refusesClassesForANewerJava() throws IOException {
        PluginJar jar = sound();
        byte[] code = jar.content("plugin/P.class");
        code[7] = (byte) (code[7] + 60); // class files tell their version in bytes 4 to 7 (JVMS 4.1)
        assertRefused("UnsupportedClassVersionError", jar.entry("plugin/P.class", code));
    }

    @Test
    void refusesWhatMissesADependency() throws IOException {
        String base = "package plugin; public class Base { }";
        String bound = "package plugin; public class Bound extends Base implements io.lws.Protocol<Void> {"
                + " public Bound(io.lws.Vhost v, io.lws.ProtocolOptions o) { } }";
        PluginJar jar = PluginJar.provider(provider("", "return Bound::new;"), base, bound);
        assertRefused("plugin/Base", jar.without("plugin/Base.class"));
    }

    @Test
    void refusesWhatThrowsWhileItIsLoaded() throws IOException {
        assertRefused(
                "IllegalStateException: no licence",
                PluginJar.provider(
                        provider("static { if (true) throw new IllegalStateException(\"no licence\"); }", SOUND)));
        assertRefused(
                "IllegalStateException: no luck",
                PluginJar.provider(provider("public P() { throw new IllegalStateException(\"no luck\"); }", SOUND)));
        assertRefused(
                "no factory today",
                PluginJar.provider(provider("", "throw new IllegalStateException(\"no factory today\");")));
        assertRefused("StackOverflowError", PluginJar.provider(provider("", "return factory();")));
        assertRefused("says null", PluginJar.provider(provider("", "return null;")));
    }

    @Test
    void refusesWhatIsNoPlugin() throws IOException {
        assertRefused("not a jar", PluginJar.empty().entry("x/", new byte[0]).without("x/"));
        assertRefused("provides no protocol", PluginJar.empty().entry("x", new byte[1]));
        assertRefused("not found", sound().without("plugin/P.class"));
        Files.write(directory.resolve("odd.jar"), "not a jar at all".getBytes(StandardCharsets.UTF_8));
        refusal();
        byte[] whole = sound().bytes();
        Files.write(directory.resolve("odd.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
        refusal();
    }

    @Test
    void refusesABomb() throws IOException {
        assertRefused("holds more than", sound().entry("zeroes", new byte[129 << 20]));
    }

    @Test
    void refusesAHigherApiLevel() throws IOException {
        assertRefused(
                "needs plugin API level 99",
                PluginJar.provider(
                        PROVIDER.replace("STATIC", "").replace("FACTORY", SOUND).replace("LEVEL", "99")));
    }

    @Test
    void findsThePluginsOwnLibrariesInItsJar() throws Exception {
        String library = "package other; public class Greeting { public static String text() { return \"hello\"; } }";
        String bound = "package plugin; public class Bound implements io.lws.Protocol<Void> {"
                + " public Bound(io.lws.Vhost v, io.lws.ProtocolOptions o) { }"
                + " public String text() { return other.Greeting.text(); } }";
        PluginJar jar = PluginJar.provider(provider("", "return Bound::new;"), library, bound);
        byte[] greeting = jar.content("other/Greeting.class");
        byte[] inner = PluginJar.empty()
                .entry("other/Greeting.class", greeting)
                .entry("other/name.txt", "world".getBytes(StandardCharsets.UTF_8))
                .bytes();
        jar.without("other/Greeting.class").entry("lib/other.jar", inner).into(directory.resolve("odd.jar"));
        try (PluginDirectory plugins = PluginDirectory.load(List.of(directory))) {
            assertEquals(List.of(), plugins.refusals());
            Object made =
                    plugins.provider("odd").factory().bind(Vhost.builder("v").build(), ProtocolOptions.NONE);
            assertEquals("hello", made.getClass().getMethod("text").invoke(made));
            try (var in = made.getClass().getResourceAsStream("/other/name.txt")) {
                assertEquals("world", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"../x, leads outside of it", "zeroes, holds more than", "'', Unexpected end"})
    void tellsOfABadLibraryWhenItIsWanted(String entry, String why) throws IOException {
        String bound = "package plugin; public class Bound implements io.lws.Protocol<Void> {"
                + " public Bound(io.lws.Vhost v, io.lws.ProtocolOptions o) throws ClassNotFoundException {"
                + " Class.forName(\"other.Greeting\"); } }";
        byte[] library = PluginJar.empty()
                .entry(entry.isEmpty() ? "cut" : entry, new byte[entry.equals("zeroes") ? 129 << 20 : 1000])
                .bytes();
        byte[] odd = entry.isEmpty() ? java.util.Arrays.copyOf(library, 40) : library;
        PluginJar.provider(
                        provider(
                                "",
                                "return (v, o) -> { try { return new Bound(v, o); }"
                                        + " catch (ClassNotFoundException e) { throw new IllegalStateException(e); } };"),
                        bound)
                .entry("lib/other.jar", odd)
                .into(directory.resolve("odd.jar"));
        try (PluginDirectory plugins = PluginDirectory.load(List.of(directory))) {
            var factory = plugins.provider("odd").factory();
            Vhost vhost = Vhost.builder("v").build();
            var refused = assertThrows(PluginException.class, () -> factory.bind(vhost, ProtocolOptions.NONE));
            assertTrue(refused.getMessage().startsWith("odd.jar: "), refused.getMessage());
            assertTrue(refused.getMessage().contains(why), refused.getMessage());
        }
    }
}
