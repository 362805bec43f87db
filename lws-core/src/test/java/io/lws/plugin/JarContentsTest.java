package io.lws.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarContentsTest {
    private static final String FOR_SEVERAL = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n";

    @TempDir
    private Path directory;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Names and contents in turns. */
    private static byte[] jar(Object... entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write(entries[i + 1] instanceof byte[] bytes ? bytes : utf8((String) entries[i + 1]));
            }
        }
        return out.toByteArray();
    }

    private JarContents read(byte[] jar) throws IOException {
        return JarContents.read(Files.write(directory.resolve("x.jar"), jar));
    }

    private static String text(JarContents contents, String name) throws IOException {
        byte[] content = contents.content(name);
        return content == null ? "nothing" : new String(content, StandardCharsets.UTF_8);
    }

    /** The same of the jar itself and of a library in it. */
    private void assertVersions(byte[] jar, String a, String b) throws IOException {
        for (byte[] each : new byte[][] {jar, jar("lib/it.jar", jar)}) {
            JarContents contents = read(each);
            assertEquals(a, text(contents, "a"));
            assertEquals(b, text(contents, "b"));
            assertEquals("nothing", text(contents, "c"));
        }
    }

    @Test
    void prefersWhatIsForThisJava() throws IOException {
        Object[] entries = {
            "META-INF/MANIFEST.MF", FOR_SEVERAL,
            "a", "any",
            "META-INF/versions/11/a", "11",
            "META-INF/versions/9/a", "9",
            "META-INF/versions/17/b", "17",
            "META-INF/versions/999/a", "not yet",
            "META-INF/versions/999/c", "not yet"
        };
        assertVersions(jar(entries), "11", "17");
        entries[1] = "Manifest-Version: 1.0\r\n\r\n";
        assertVersions(jar(entries), "any", "nothing");
    }

    @Test
    void putsTheJarBeforeItsLibraries() throws IOException {
        byte[] first = jar("a", "first", "b", "first", "d/", "");
        byte[] second = jar("b", "second", "c", "second");
        JarContents contents = read(jar("lib/1.jar", first, "lib/2.jar", second, "a", "own", "e/", ""));
        assertEquals("own", text(contents, "a"));
        assertEquals("first", text(contents, "b"));
        assertEquals("second", text(contents, "c"));
        assertEquals("nothing", text(contents, "d/"));
        assertEquals("nothing", text(contents, "e/"));
    }
}
