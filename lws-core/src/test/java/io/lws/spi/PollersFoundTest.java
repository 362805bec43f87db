package io.lws.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.loop.NioPoller;
import io.lws.loop.Poller;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollersFoundTest {
    @TempDir
    private Path directory;

    /** Found by its name in a file of the test's own. */
    public static class Low implements PollerProvider {
        @Override
        public String name() {
            return "low";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Poller open() throws IOException {
            return new NioPoller();
        }
    }

    public static final class High extends Low {
        @Override
        public String name() {
            return "high";
        }

        @Override
        public int priority() {
            return 2;
        }
    }

    public static final class Throwing extends Low {
        public Throwing() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Has the providers above for its own, as jars beside the library have theirs: a module declares what it provides. */
    private static final class JarLoader extends URLClassLoader {
        JarLoader(Path directory) throws IOException {
            super(new URL[] {directory.toUri().toURL()}, PollersFoundTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PollersFoundTest.class.getName() + "$")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private void copy(Class<?> provider) throws IOException {
        String file = provider.getName().replace('.', '/') + ".class";
        Path copy = directory.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream in = PollersFoundTest.class.getResourceAsStream("/" + file)) {
            Files.write(copy, in.readAllBytes());
        }
    }

    private PollersFound look(String... classes) throws IOException {
        for (Class<?> each : List.of(Low.class, High.class, Throwing.class)) {
            copy(each);
        }
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(services.resolve(PollerProvider.class.getName()), List.of(classes));
        // a class file of a version to come (JVMS 4.1), of which a JVM reads no more than that
        Path newer = Files.createDirectories(directory.resolve("newer"));
        Files.write(
                newer.resolve("Java.class"),
                new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0x7f, (byte) 0xff});
        try (JarLoader loader = new JarLoader(directory)) {
            return PollersFound.look(loader);
        }
    }

    private static List<String> names(PollersFound found) {
        return found.providers().stream().map(PollerProvider::name).toList();
    }

    @Test
    void putsTheHighestPriorityFirst() throws IOException {
        PollersFound found = look(Low.class.getName(), High.class.getName());
        assertEquals(List.of("high", "low"), names(found));
        assertEquals(List.of(), found.failures());
        assertEquals("low", found.named("low").orElseThrow().name());
        assertTrue(found.named("none").isEmpty());
    }

    @Test
    void passesOverWhatCannotBeLoadedAndSaysWhy() throws IOException {
        PollersFound found = look("newer.Java", Low.class.getName(), Throwing.class.getName(), "not.There");
        assertEquals(List.of("low"), names(found));
        assertEquals(3, found.failures().size(), found.failures().toString());
        assertTrue(
                found.failures().get(0).contains("more recent version"),
                found.failures().get(0));
        assertTrue(
                found.failures().get(1).contains("no licence"), found.failures().get(1));
        assertTrue(
                found.failures().get(2).contains("not.There"), found.failures().get(2));
    }
}
