package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import io.lws.http.HttpDate;
import io.lws.http.Mount;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file mount through the whole server, without sockets. */
class FileServingTest {
    private static final int BIG = 200_000;

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void makeSite() throws IOException {
        root = Files.createDirectory(temp.resolve("site"));
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("index.html"), "<h1>index</h1>");
        Files.writeString(root.resolve("sub/index.html"), "sub index");
        Files.writeString(root.resolve("digits.txt"), "0123456789");
        Files.writeString(temp.resolve("canary"), "CANARY");
        Files.writeString(root.resolve("big.bin"), text(BIG));
    }

    private static String text(int lengthBytes) {
        return new Random(lengthBytes)
                .ints(lengthBytes, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private HttpRig rig() {
        return new HttpRig(vhost -> vhost.mount(Mount.files("/", root).headers(Headers.of("X-Site", "yes"))));
    }

    private static String get(String path, String... fields) {
        return request("GET", path, fields);
    }

    private static String request(String method, String path, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 131_072, 10 << 20})
    void servesFilesOfAnySize(int lengthBytes) throws IOException {
        String content = text(lengthBytes);
        Files.writeString(root.resolve("f"), content);
        try (HttpRig rig = rig()) {
            for (int i = 0; i < 2; i++) {
                Answer answer = Answer.one(rig.exchange(get("/f")));
                assertEquals(content, answer.body());
                assertEquals("yes", answer.field("x-site"));
            }
            Answer head = Answer.head(rig.exchange(request("HEAD", "/f")));
            assertEquals(Integer.toString(lengthBytes), head.field("content-length"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 65537, 300_000})
    void servesSlowReadersAndTransportsThatSendNoFiles(int lengthBytes) throws IOException {
        String content = text(lengthBytes);
        Files.writeString(root.resolve("f"), content);
        try (HttpRig rig = rig()) {
            MemoryTransport narrow = rig.open().acceptPerWrite(777);
            MemoryTransport tls = rig.open().withoutFiles().acceptPerWrite(5000);
            for (MemoryTransport server : List.of(narrow, tls)) {
                server.peer().send(get("/f") + get("/digits.txt"));
                rig.settle();
                List<Answer> answers = Answer.all(server.peer().receivedText());
                assertEquals(List.of(content, "0123456789"), answers.stream().map(Answer::body).toList());
            }
        }
    }

    @Test
    void servesIndexAndRedirectsDirectories() {
        try (HttpRig rig = rig()) {
            assertEquals("<h1>index</h1>", Answer.one(rig.exchange(get("/"))).body());
            assertEquals("sub index", Answer.one(rig.exchange(get("/sub/"))).body());
            Answer redirect = Answer.one(rig.exchange(get("/sub?a=b")));
            assertEquals(301, redirect.status());
            assertEquals("/sub/?a=b", redirect.field("location"));
            assertEquals(404, Answer.one(rig.exchange(get("/digits.txt/"))).status());
            assertEquals(404, Answer.one(rig.exchange(get("/none"))).status());
            assertEquals(404, Answer.head(rig.exchange(request("HEAD", "/none"))).status());
        }
    }

    @Test
    void allowsReadingOnly() {
        try (HttpRig rig = rig()) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "FOO")) {
                Answer answer = Answer.one(rig.exchange(request(method, "/")));
                assertEquals(405, answer.status(), method);
                assertEquals("GET, HEAD", answer.field("allow"));
                assertEquals("yes", answer.field("x-site"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../canary",
                "/..%2fcanary",
                "/%2e%2e/canary",
                "/%2E%2E%2Fcanary",
                "/sub/../../canary",
                "/sub/..%5c..%5ccanary",
                "/..\\canary",
                "/%252e%252e/canary",
                "/%c0%ae%c0%ae/canary",
                "/%e0%80%ae%e0%80%ae/canary",
                "/..;/canary",
                "//canary",
                "/./../canary",
                "/.../canary",
                "/sub/%00/../../canary",
                "/../site/../canary",
                "/link",
                "/linked/canary",
                "http://x/../canary",
                "/sub/....//....//canary"
            })
    void letsNothingOutsideBeRead(String target) throws IOException {
        Files.createSymbolicLink(root.resolve("link"), temp.resolve("canary"));
        Files.createSymbolicLink(root.resolve("linked"), temp);
        try (HttpRig rig = rig()) {
            String wire = rig.exchange(get(target));
            assertFalse(wire.contains("CANARY"), wire);
            assertTrue(List.of(400, 404).contains(Answer.one(wire).status()), wire);
            assertEquals(200, Answer.one(rig.exchange(get("/digits.txt"))).status());
        }
    }

    // ---- conditional requests

    @Test
    void answersConditions() throws IOException {
        Files.setLastModifiedTime(root.resolve("digits.txt"), FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
        String at = HttpDate.format(1_700_000_000);
        String before = HttpDate.format(1_699_999_999);
        try (HttpRig rig = rig()) {
            Answer whole = Answer.one(rig.exchange(get("/digits.txt")));
            String tag = whole.field("etag");
            assertEquals(at, whole.field("last-modified"));
            String[][] rows = {
                {"304", "If-None-Match: " + tag},
                {"304", "If-None-Match: \"x\", W/" + tag},
                {"304", "If-None-Match: *"},
                {"200", "If-None-Match: \"x\""},
                {"304", "If-Modified-Since: " + at},
                {"200", "If-Modified-Since: " + before},
                {"200", "If-Modified-Since: yesterday"},
                {"200", "If-Match: " + tag},
                {"200", "If-Match: *"},
                {"412", "If-Match: \"x\""},
                {"412", "If-Match: W/" + tag},
                {"200", "If-Unmodified-Since: " + at},
                {"412", "If-Unmodified-Since: " + before},
            };
            for (String[] row : rows) {
                Answer answer = Answer.one(rig.exchange(get("/digits.txt", row[1])));
                assertEquals(row[0], Integer.toString(answer.status()), row[1]);
                if (answer.status() == 304) {
                    assertEquals(tag, answer.field("etag"));
                    assertEquals(whole.field("cache-control"), answer.field("cache-control"));
                }
            }
            Answer both = Answer.one(
                    rig.exchange(get("/digits.txt", "If-None-Match: \"x\"", "If-Modified-Since: " + at)));
            assertEquals(200, both.status(), "a tag counts more than a date");
        }
    }

    // ---- ranges

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0        | 206 | 0          | bytes 0-0/10",
                "bytes=2-4        | 206 | 234        | bytes 2-4/10",
                "bytes=7-         | 206 | 789        | bytes 7-9/10",
                "bytes=-3         | 206 | 789        | bytes 7-9/10",
                "bytes=-100       | 206 | 0123456789 | bytes 0-9/10",
                "bytes=8-100      | 206 | 89         | bytes 8-9/10",
                "bytes=0-18446744073709551615 | 206 | 0123456789 | bytes 0-9/10",
                "BYTES=1-1        | 206 | 1          | bytes 1-1/10",
                "bytes=20-30,3-3  | 206 | 3          | bytes 3-3/10",
                "bytes=10-        | 416 |            | bytes */10",
                "bytes=-0         | 416 |            | bytes */10",
                "bytes=99999999999999999999- | 416 | | bytes */10",
                "bytes=4-2        | 200 | 0123456789 | ''",
                "bytes=a-b        | 200 | 0123456789 | ''",
                "bytes=1          | 200 | 0123456789 | ''",
                "lines=1-2        | 200 | 0123456789 | ''",
                "bytes=0-,0-      | 200 | 0123456789 | ''"
            })
    void answersOneRange(String range, int status, String body, String contentRange) {
        try (HttpRig rig = rig()) {
            Answer answer = Answer.one(rig.exchange(get("/digits.txt", "Range: " + range)));
            assertEquals(status, answer.status());
            assertEquals(contentRange, answer.field("content-range"));
            if (body != null) {
                assertEquals(body, answer.body());
            }
        }
    }

    @Test
    void answersARangeOfALargeFile() throws IOException {
        String content = Files.readString(root.resolve("big.bin"));
        try (HttpRig rig = rig()) {
            Answer answer = Answer.one(rig.exchange(get("/big.bin", "Range: bytes=1000-150999")));
            assertEquals("bytes 1000-150999/" + BIG, answer.field("content-range"));
            assertEquals(content.substring(1000, 151_000), answer.body());
        }
    }

    @ParameterizedTest
    @CsvSource({"digits.txt, 0-1, 5-6", "big.bin, 0-9999, 90000-190000", "big.bin, 5-5, 0-70000"})
    void answersSeveralRangesInParts(String file, String first, String second) throws IOException {
        String content = Files.readString(root.resolve(file));
        try (HttpRig rig = rig()) {
            MemoryTransport server = rig.open().acceptPerWrite(3000);
            server.peer().send(get("/" + file, "Range: bytes=" + first + "," + second) + get("/digits.txt"));
            rig.settle();
            List<Answer> answers = Answer.all(server.peer().receivedText());
            Answer answer = answers.get(0);
            String type = answer.field("content-type");
            assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
            String boundary = type.substring(type.indexOf('=') + 1);
            assertEquals(
                    part(boundary, "", first, content) + part(boundary, "\r\n", second, content) + "\r\n--" + boundary
                            + "--\r\n",
                    answer.body());
            assertEquals(2, answers.size());
        }
    }

    private static String part(String boundary, String before, String range, String content) {
        String[] ends = range.split("-");
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[1]);
        String type = content.length() == 10 ? "text/plain;charset=utf-8" : "application/octet-stream";
        return before + "--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: bytes " + from + "-" + to
                + "/" + content.length() + "\r\n\r\n" + content.substring(from, to + 1);
    }

    @Test
    void heedsIfRange() {
        try (HttpRig rig = rig()) {
            String tag = Answer.one(rig.exchange(get("/digits.txt"))).field("etag");
            assertEquals(
                    206,
                    Answer.one(rig.exchange(get("/digits.txt", "Range: bytes=0-1", "If-Range: " + tag)))
                            .status());
            for (String other : List.of("\"x\"", "W/" + tag, "Sat, 01 Jan 2000 00:00:00 GMT", "nonsense")) {
                Answer answer = Answer.one(rig.exchange(get("/digits.txt", "Range: bytes=0-1", "If-Range: " + other)));
                assertEquals(200, answer.status(), other);
            }
            Answer head = Answer.head(rig.exchange(request("HEAD", "/digits.txt", "Range: bytes=0-1")));
            assertEquals(200, head.status());
        }
    }

    @Test
    void sendsAtMostTheFileForAnyNumberOfRanges() {
        String many = "Range: bytes=" + "0-,".repeat(300) + "0-";
        try (HttpRig rig = rig()) {
            assertEquals(10, Answer.one(rig.exchange(get("/digits.txt", many))).body().length());
        }
    }

    // ---- files that change

    @Test
    void seesAChangeWithinASecond() throws IOException {
        try (HttpRig rig = rig()) {
            String before = Answer.one(rig.exchange(get("/digits.txt"))).field("etag");
            Files.writeString(root.resolve("digits.txt"), "changed");
            rig.advance(Duration.ofMillis(999));
            assertEquals("0123456789", Answer.one(rig.exchange(get("/digits.txt"))).body());
            rig.advance(Duration.ofMillis(1));
            Answer after = Answer.one(rig.exchange(get("/digits.txt")));
            assertEquals("changed", after.body());
            assertNotEquals(before, after.field("etag"));
            Files.delete(root.resolve("digits.txt"));
            rig.advance(Duration.ofSeconds(1));
            assertEquals(404, Answer.one(rig.exchange(get("/digits.txt"))).status());
        }
    }

    @Test
    void endsTheConnectionWhenAFileBecomesShorterWhileItIsSent() throws IOException {
        for (boolean asFile : new boolean[] {true, false}) {
            Files.write(root.resolve("shrinking"), new byte[500_000]);
            try (HttpRig rig = rig()) {
                MemoryTransport server = rig.open().acceptPerWrite(10_000).refuse();
                if (!asFile) {
                    server.withoutFiles();
                }
                server.peer().send(get("/shrinking"));
                rig.settle();
                try (var file = Files.newByteChannel(root.resolve("shrinking"), StandardOpenOption.WRITE)) {
                    file.truncate(100_000);
                }
                server.allow();
                rig.settle();
                assertTrue(server.isClosed());
                String wire = server.peer().receivedText();
                assertTrue(wire.length() < 500_000, wire.length() + " bytes");
                assertEquals(200, Answer.one(rig.exchange(get("/digits.txt"))).status());
            }
        }
    }

    @Test
    void goesOnSendingAFileThatIsReplaced() throws IOException {
        String content = Files.readString(root.resolve("big.bin"));
        try (HttpRig rig = rig()) {
            MemoryTransport server = rig.open().acceptPerWrite(10_000).refuse();
            server.peer().send(get("/big.bin"));
            rig.settle();
            Files.writeString(root.resolve("new"), text(BIG + 1));
            Files.move(root.resolve("new"), root.resolve("big.bin"), StandardCopyOption.REPLACE_EXISTING);
            rig.advance(Duration.ofSeconds(1));
            assertEquals(text(BIG + 1), Answer.one(rig.exchange(get("/big.bin"))).body());
            server.allow();
            rig.settle();
            assertEquals(content, Answer.one(server.peer().receivedText()).body());
        }
    }

    @Test
    void escapesWhatItSaysOfARequest() {
        try (HttpRig rig = rig()) {
            String wire = rig.exchange(get("/%3Cscript%3Ealert(1)%3C/script%3E"));
            assertFalse(wire.contains("<script>"), wire);
            assertEquals(404, Answer.one(wire).status());
        }
    }

    /** Neither memory nor descriptors grow with the number of files that were asked for. */
    @Test
    void keepsFewFiles() throws IOException {
        long before = openDescriptors();
        for (int i = 0; i < 400; i++) {
            Files.writeString(root.resolve("f" + i), "x".repeat(i % 40 == 0 ? 70_000 : 60_000));
        }
        try (HttpRig rig = rig()) {
            MemoryTransport client = rig.connect();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 400; i++) {
                    client.send(get("/f" + i));
                    rig.settle();
                    assertEquals(i % 40 == 0 ? 70_000 : 60_000, Answer.one(client.receivedText()).body().length());
                }
            }
            assertTrue(openDescriptors() - before < 60, openDescriptors() - before + " descriptors more");
        }
        assertTrue(openDescriptors() - before < 20, openDescriptors() - before + " descriptors left");
    }

    private static long openDescriptors() throws IOException {
        try (var list = Files.list(Path.of("/proc/self/fd"))) {
            return list.count();
        }
    }

    @Test
    void hidesDotFiles() throws IOException {
        Files.write(root.resolve(".secret"), "CANARY".getBytes(StandardCharsets.US_ASCII));
        try (HttpRig rig = rig()) {
            assertEquals(404, Answer.one(rig.exchange(get("/.secret"))).status());
        }
    }
}
