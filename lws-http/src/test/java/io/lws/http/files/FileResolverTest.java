package io.lws.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.http.HttpMethod;
import io.lws.http.Mount;
import io.lws.http.RequestTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileResolverTest {
    private static final String CANARY = "canary";

    @TempDir
    Path dir;

    private Path root;
    private FileResolver resolver;

    @BeforeEach
    void makeSite() throws IOException {
        root = Files.createDirectories(dir.resolve("site"));
        write(root.resolve("index.html"), "home");
        write(root.resolve("a.txt"), "a");
        write(root.resolve("with space.txt"), "s");
        write(root.resolve("sub/index.html"), "sub");
        write(root.resolve("empty/x.css"), "x");
        write(root.resolve(".secret"), CANARY);
        write(root.resolve(".git/config"), CANARY);
        write(root.resolve(".well-known/security.txt"), "w");
        write(root.resolve("%2e%2e/odd.txt"), "odd");
        write(dir.resolve("canary.txt"), CANARY);
        write(dir.resolve("site-sibling/canary.txt"), CANARY);
        write(dir.resolve("outside/index.html"), CANARY);
        Files.createSymbolicLink(root.resolve("inside-link.html"), Path.of("a.txt"));
        Files.createSymbolicLink(root.resolve("sub-link"), root.resolve("sub"));
        Files.createSymbolicLink(root.resolve("leak.txt"), Path.of("../canary.txt"));
        Files.createSymbolicLink(root.resolve("leak-absolute"), dir.resolve("canary.txt"));
        Files.createSymbolicLink(root.resolve("leak-dir"), dir.resolve("outside"));
        Files.createSymbolicLink(root.resolve("leak-sibling"), dir.resolve("site-sibling"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createDirectories(root.resolve("leak-index"));
        Files.createSymbolicLink(root.resolve("leak-index/index.html"), dir.resolve("canary.txt"));
        resolver = new FileResolver(Mount.files("/", root));
    }

    @ParameterizedTest
    @CsvSource({
        "/, home, text/html;charset=utf-8",
        "/index.html, home, text/html;charset=utf-8",
        "/a.txt, a, text/plain;charset=utf-8",
        "/sub/, sub, text/html;charset=utf-8",
        "/sub/../a.txt, a, text/plain;charset=utf-8",
        "/with%20space.txt, s, text/plain;charset=utf-8",
        "/inside-link.html, a, text/html;charset=utf-8",
        "/sub-link/, sub, text/html;charset=utf-8",
        "/sub-link/index.html, sub, text/html;charset=utf-8",
        "/.well-known/security.txt, w, text/plain;charset=utf-8",
        "/%252e%252e/odd.txt, odd, text/plain;charset=utf-8",
        "//a.txt, a, text/plain;charset=utf-8"
    })
    void findsFile(String raw, String content, String type) throws IOException {
        Resolution.Found found = assertInstanceOf(Resolution.Found.class, resolve(resolver, raw));
        assertEquals(content, read(found));
        assertEquals(content.length(), found.lengthBytes());
        assertEquals(type, found.contentType());
    }

    /** In the locale POSIX the JDK has no such names: nothing is found by them, and nothing fails. */
    @Test
    void findsFileByANameBeyondAscii() throws IOException {
        Path file;
        try {
            file = root.resolve("\u00e4.txt");
        } catch (InvalidPathException e) {
            assertInstanceOf(Resolution.NotFound.class, resolve(resolver, "/%c3%a4.txt"));
            return;
        }
        write(file, "umlaut");
        assertEquals("umlaut", read(assertInstanceOf(Resolution.Found.class, resolve(resolver, "/%c3%a4.txt"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/canary.txt",
                "/../canary.txt",
                "/..;/canary.txt",
                "/a/../../canary.txt",
                "/%2e%2e/canary.txt",
                "/%2e%2e%2fcanary.txt",
                "/..%2fcanary.txt",
                "/..%5ccanary.txt",
                "/..\\canary.txt",
                "/%252e%252e/canary.txt",
                "/%252e%252e%252fcanary.txt",
                "/%c0%ae%c0%ae/canary.txt",
                "/%c0%ae%c0%ae%c0%afcanary.txt",
                "/%uff0e%uff0e/canary.txt",
                "/%ef%bc%8e%ef%bc%8e/canary.txt",
                "/sub/../../canary.txt",
                "/sub/..%00/../canary.txt",
                "/canary.txt%00.html",
                "/../site-sibling/canary.txt",
                "/-sibling/canary.txt",
                "/leak.txt",
                "/leak-absolute",
                "/leak-dir/",
                "/leak-dir",
                "/leak-dir/index.html",
                "/leak-sibling/canary.txt",
                "/leak-index/",
                "/leak-index/index.html",
                "/sub-link/../../canary.txt",
                "/.secret",
                "/.git/config",
                "/.git/",
                "/sub/.secret",
                "/.well-knownx/a",
                "/loop",
                "/etc/passwd",
                "//etc/passwd",
                "/file:///etc/passwd",
                "/nosuch",
                "/a.txt/",
                "/a.txt/b",
                "/empty/"
            })
    void neverLetsTheCanaryOut(String raw) throws IOException {
        Resolution resolution;
        try {
            resolution = resolve(resolver, raw);
        } catch (ProtocolException e) {
            assertEquals(400, e.code());
            return;
        }
        assertInstanceOf(Resolution.NotFound.class, resolution, resolution::toString);
    }

    @Test
    void refusesAbsoluteNamesOfTheCanary() {
        String canary = dir.resolve("canary.txt").toString();
        assertInstanceOf(Resolution.NotFound.class, resolver.resolve(canary));
        assertInstanceOf(Resolution.NotFound.class, resolver.resolve("/" + canary));
        assertInstanceOf(Resolution.NotFound.class, resolver.resolve("/../canary.txt"));
    }

    @ParameterizedTest
    @CsvSource({"/sub, /sub/", "//sub, /sub/", "/sub-link, /sub-link/", "/%252e%252e, /%252e%252e/"})
    void redirectsDirectoryToItself(String raw, String location) {
        Resolution.Redirect redirect = assertInstanceOf(Resolution.Redirect.class, resolve(resolver, raw));
        assertEquals(location, redirect.location());
        assertFalse(redirect.location().startsWith("//"));
    }

    @Test
    void servesBelowItsMountpointOnly() throws IOException {
        FileResolver below = new FileResolver(Mount.files("/m", root).index("a.txt"));
        assertEquals("a", read(assertInstanceOf(Resolution.Found.class, below.resolve("/m/"))));
        assertEquals("a", read(assertInstanceOf(Resolution.Found.class, below.resolve("/m/a.txt"))));
        assertEquals(
                "/m/",
                assertInstanceOf(Resolution.Redirect.class, below.resolve("/m")).location());
    }

    @Test
    void servesNoIndexWhenThereIsNone() {
        FileResolver bare = new FileResolver(Mount.files("/", root).index(""));
        assertInstanceOf(Resolution.NotFound.class, bare.resolve("/"));
    }

    @Test
    void changesTagWithLengthAndTime() throws IOException {
        Path file = root.resolve("a.txt");
        Files.setLastModifiedTime(file, FileTime.fromMillis(784_111_777_123L));
        Resolution.Found first = assertInstanceOf(Resolution.Found.class, resolver.resolve("/a.txt"));
        assertEquals(784_111_777L, first.modifiedEpochSecond());
        Files.setLastModifiedTime(file, FileTime.fromMillis(784_111_777_124L));
        Resolution.Found later = assertInstanceOf(Resolution.Found.class, resolver.resolve("/a.txt"));
        assertNotEquals(first.etag(), later.etag());
        Files.writeString(file, "aa");
        Files.setLastModifiedTime(file, FileTime.fromMillis(784_111_777_124L));
        Resolution.Found longer = assertInstanceOf(Resolution.Found.class, resolver.resolve("/a.txt"));
        assertNotEquals(later.etag(), longer.etag());
        assertTrue(longer.etag().matchesStrongly(longer.etag().toString()));
    }

    @Test
    void doesNotOpenALinkThatTookTheFilesPlace() throws IOException {
        Resolution.Found found = assertInstanceOf(Resolution.Found.class, resolver.resolve("/a.txt"));
        Files.delete(root.resolve("a.txt"));
        Files.createSymbolicLink(root.resolve("a.txt"), dir.resolve("canary.txt"));
        assertThrows(IOException.class, found::open);
    }

    @Test
    void followsRootThatIsALinkItself() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("current"), root);
        FileResolver linked = new FileResolver(Mount.files("/", link));
        assertEquals("a", read(assertInstanceOf(Resolution.Found.class, linked.resolve("/a.txt"))));
    }

    @Test
    void refusesOriginThatIsNoDirectory() {
        assertThrows(IllegalArgumentException.class, () -> new FileResolver(Mount.files("/", root.resolve("nosuch"))));
        assertThrows(IllegalArgumentException.class, () -> new FileResolver(Mount.files("/", root.resolve("a.txt"))));
    }

    private static Resolution resolve(FileResolver resolver, String raw) {
        return resolver.resolve(RequestTarget.parse(HttpMethod.GET, raw).path());
    }

    private static String read(Resolution.Found found) throws IOException {
        try (FileChannel channel = found.open()) {
            ByteBuffer content = ByteBuffer.allocate((int) found.lengthBytes());
            channel.read(content);
            return new String(content.array(), StandardCharsets.UTF_8);
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
