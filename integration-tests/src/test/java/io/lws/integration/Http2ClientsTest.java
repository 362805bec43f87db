package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.testing.Peer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.JavascriptExecutor;

/** HTTP/2 clients that others wrote, and the library's server: each way to get there, and what comes over it. */
@Timeout(120)
class Http2ClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    private Path files = Path.of(".");
    private Downloads downloads;

    @BeforeEach
    void makeFiles() throws IOException {
        files = Files.createDirectory(directory.resolve("files"));
        downloads = new Downloads(files);
        Files.writeString(files.resolve("index.html"), "<!DOCTYPE html><title>here</title>");
    }

    private static String run(List<String> command) {
        try (Program program = Program.start(command, Map.of(), null)) {
            assertEquals(0, program.awaitExit(PATIENCE), program::output);
            return program.output();
        }
    }

    private static String run(String... command) {
        return run(List.of(command));
    }

    // ---- curl

    static Stream<Arguments> curlsWays() {
        return Stream.of(
                Arguments.of(Http2Site.Wire.PLAIN, "--http2"),
                Arguments.of(Http2Site.Wire.PLAIN, "--http2-prior-knowledge"),
                Arguments.of(Http2Site.Wire.TLS, "--http2"));
    }

    private static List<String> curl(String way) {
        return new ArrayList<>(List.of("curl", "-sS", "-k", "--noproxy", "*", way, "-w", "%{http_version} "));
    }

    /** One a run: by prior knowledge curl 7.88 fails with a second request on its connection, whoever serves. */
    @ParameterizedTest
    @MethodSource("curlsWays")
    void curlDownloads(Http2Site.Wire wire, String way) throws Exception {
        Peer.CURL.require();
        try (Http2Site site = new Http2Site(wire, files)) {
            for (int i = 0; i < Downloads.count(); i++) {
                Path got = directory.resolve("got" + i);
                List<String> command = curl(way);
                command.addAll(List.of("-o", got.toString(), site.origin() + "/" + Downloads.name(i)));
                assertEquals("2 ", run(command));
                assertArrayEquals(downloads.content(i), Files.readAllBytes(got));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("curlsWays")
    void curlUploadsAndSeesTrailers(Http2Site.Wire wire, String way) throws Exception {
        Peer.CURL.require();
        int longest = Downloads.count() - 1;
        Path got = directory.resolve("got");
        Path heads = directory.resolve("heads");
        try (Http2Site site = new Http2Site(wire, files)) {
            List<String> command = curl(way);
            command.addAll(List.of("--data-binary", "@" + files.resolve(Downloads.name(longest))));
            command.addAll(List.of("-D", heads.toString(), "-o", got.toString(), site.origin() + "/echo"));
            String version = run(command);
            assertArrayEquals(downloads.content(longest), Files.readAllBytes(got));
            if (!way.equals("--http2") || wire == Http2Site.Wire.TLS) {
                // in plain text a request with content stays with HTTP/1.1
                assertEquals("2 ", version);
                assertEquals(Set.of("HTTP/2"), site.versions());
                String length = "x-length: " + downloads.content(longest).length;
                assertTrue(Files.readAllLines(heads).contains(length), Files.readString(heads));
            }
        }
    }

    // ---- the JDK's

    /** In plain text it asks for the upgrade by itself. */
    @Test
    void jdk() throws Exception {
        try (Http2Site site = new Http2Site(Http2Site.Wire.PLAIN, files)) {
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < Downloads.count(); i++) {
                URI uri = URI.create(site.origin() + "/" + Downloads.name(i));
                HttpResponse<byte[]> response =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
                assertEquals(HttpClient.Version.HTTP_2, response.version());
                assertArrayEquals(downloads.content(i), response.body());
            }
        }
    }

    // ---- nghttp2

    @ParameterizedTest
    @EnumSource(Http2Site.Wire.class)
    void nghttp(Http2Site.Wire wire) throws Exception {
        Peer.NGHTTP2_CLIENT.require();
        try (Http2Site site = new Http2Site(wire, files)) {
            List<String> command = new ArrayList<>(List.of("nghttp", "-y", "-n", "-v"));
            for (int i = 0; i < Downloads.count(); i++) {
                command.add(site.origin() + "/" + Downloads.name(i));
            }
            List<String> seen = run(command).lines().toList();
            assertEquals(
                    Downloads.count(),
                    seen.stream().filter(line -> line.contains(":status: 200")).count());
            String got = directory.resolve("got").toString();
            String uri = site.origin() + "/" + Downloads.name(Downloads.count() - 1);
            run("sh", "-c", "nghttp -y " + uri + " > " + got);
            assertArrayEquals(downloads.content(Downloads.count() - 1), Files.readAllBytes(Path.of(got)));
        }
    }

    @Test
    void nghttpUpgrades() throws Exception {
        Peer.NGHTTP2_CLIENT.require();
        try (Http2Site site = new Http2Site(Http2Site.Wire.PLAIN, files)) {
            String seen = run("nghttp", "-u", "-n", "-v", site.origin() + "/" + Downloads.name(3));
            assertTrue(seen.contains("HTTP Upgrade success"), seen);
            assertTrue(seen.contains(":status: 200"), seen);
        }
    }

    @ParameterizedTest
    @EnumSource(Http2Site.Wire.class)
    void h2load(Http2Site.Wire wire) throws Exception {
        Peer.NGHTTP2_CLIENT.require();
        try (Http2Site site = new Http2Site(wire, files)) {
            String seen = run("h2load", "-n", "2000", "-c", "4", "-m", "32", site.origin() + "/" + Downloads.name(3));
            assertTrue(seen.contains("2000 succeeded, 0 failed, 0 errored, 0 timeout"), seen);
            assertTrue(seen.contains("status codes: 2000 2xx"), seen);
        }
    }

    // ---- Chromium

    @Test
    void chromium() throws Exception {
        Peer.CHROMIUM.require();
        try (Http2Site site = new Http2Site(Http2Site.Wire.TLS, files);
                Browser browser = Browser.open(directory.resolve("profile"))) {
            browser.driver().get(site.origin() + "/");
            Object seen = ((JavascriptExecutor) browser.driver()).executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const sent = 'content '.repeat(20000);
                fetch('/echo', {method: 'POST', body: sent})
                    .then((answer) => answer.text())
                    .then((got) => {
                        // what is noted of the request may stand there only after its content
                        const tell = () => {
                            const asked = performance.getEntriesByType('resource')[0];
                            if (!asked) { setTimeout(tell, 20); return; }
                            const page = performance.getEntriesByType('navigation')[0];
                            done([got === sent, page.nextHopProtocol, asked.nextHopProtocol].join(' '));
                        };
                        tell();
                    });
                """);
            assertEquals("true h2 h2", seen);
            assertEquals(Set.of("HTTP/2"), site.versions());
        }
    }
}
