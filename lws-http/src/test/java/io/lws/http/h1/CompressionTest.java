package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.Headers;
import io.lws.http.Mount;
import io.lws.http.coding.AcceptEncoding;
import io.lws.http.coding.ContentCoding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content that is smaller on its way: compressed beforehand, compressed on the fly, out of an archive. */
class CompressionTest {
    private static final String TEXT = "all work and no play makes a dull page. ".repeat(1000);

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void makeSite() throws IOException {
        root = Files.createDirectory(temp.resolve("site"));
        Files.writeString(root.resolve("page.html"), TEXT);
        Files.writeString(root.resolve("big.txt"), TEXT.repeat(20));
        Files.writeString(root.resolve("small.txt"), "small");
        Files.write(root.resolve("picture.png"), new byte[5000]);
    }

    private static String get(String path, String... fields) {
        return SiteTest.get(path, fields);
    }

    private static byte[] octets(Answer answer) {
        return answer.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String gunzip(Answer answer) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(octets(answer)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "gzip|GZIP",
                "gzip, deflate, br|BROTLI",
                "GZIP|GZIP",
                "x-gzip|GZIP",
                "*|BROTLI",
                "deflate|DEFLATE",
                "gzip;q=0|none",
                "gzip;q=0.000, deflate;q=0.001|DEFLATE",
                "br;q=0.5, gzip;q=0.8|GZIP",
                "br;q=0, *|GZIP",
                "identity|none",
                "identity;q=0.5, gzip;q=0.4|none",
                "identity;q=0.5, gzip|GZIP",
                "gzip;q=2|none",
                "gzip;q=abc|none",
                "gzip;x=1|none",
                "gzipped|none",
                ",,,|none",
                ";|none",
                "''|none",
            })
    void choosesACodingByTheClientsWeights(String field, ContentCoding expected) {
        List<ContentCoding> all = List.of(ContentCoding.BROTLI, ContentCoding.GZIP, ContentCoding.DEFLATE);
        assertEquals(expected, AcceptEncoding.choose(field, all));
    }

    @Test
    void compressesFilesOnTheFly() throws IOException {
        try (HttpRig rig =
                new HttpRig(vhost -> vhost.mount(Mount.files("/", root).compressed()))) {
            for (String path : List.of("/page.html", "/big.txt")) {
                Answer plain = Answer.one(rig.exchange(get(path)));
                Answer small = Answer.one(rig.exchange(get(path, "Accept-Encoding: gzip")));
                assertEquals("gzip", small.field("content-encoding"));
                assertEquals("Accept-Encoding", small.field("vary"));
                assertEquals("Accept-Encoding", plain.field("vary"));
                assertEquals("W/" + plain.field("etag"), small.field("etag"));
                assertEquals("", small.field("accept-ranges"));
                assertEquals(plain.body(), gunzip(small));
                assertTrue(small.body().length() < plain.body().length() / 10);
                Answer again = Answer.one(
                        rig.exchange(get(path, "Accept-Encoding: gzip", "If-None-Match: " + small.field("etag"))));
                assertEquals(304, again.status());
                assertEquals(small.field("etag"), again.field("etag"));
                assertEquals("Accept-Encoding", again.field("vary"));
                Answer range = Answer.one(rig.exchange(get(path, "Accept-Encoding: gzip", "Range: bytes=0-2")));
                assertEquals(206, range.status());
                assertEquals("all", range.body());
                assertEquals(plain.field("etag"), range.field("etag"));
                Answer ifRange = Answer.one(rig.exchange(
                        get(path, "Accept-Encoding: gzip", "Range: bytes=0-2", "If-Range: " + small.field("etag"))));
                assertEquals(200, ifRange.status());
            }
            Answer zlib = Answer.one(rig.exchange(get("/page.html", "Accept-Encoding: deflate")));
            try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(octets(zlib)))) {
                assertEquals(TEXT, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            Answer head =
                    Answer.head(rig.exchange("HEAD /big.txt HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n"));
            assertEquals("gzip", head.field("content-encoding"));
            for (String path : List.of("/small.txt", "/picture.png")) {
                Answer left = Answer.one(rig.exchange(get(path, "Accept-Encoding: gzip")));
                assertEquals("", left.field("content-encoding"), path);
                assertTrue(!left.field("etag").startsWith("W/"), path);
            }
        }
    }

    @Test
    void compressesWhatAProtocolWritesInPieces() throws IOException {
        Probe probe = new Probe();
        probe.onRequest = http -> {
            http.start(200, Headers.of("Content-Type", "application/json", "Vary", "Accept-Encoding, Cookie"), -1);
            http.requestWriteable();
        };
        probe.onWriteable = (http, tx) -> {
            if (http.pss().steps++ < 10) {
                tx.write(ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_8)));
                http.requestWriteable();
            } else {
                tx.finish();
            }
        };
        Mount mount = Mount.callback("/", "probe").compressed();
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("probe", (owner, options) -> probe).mount(mount))) {
            Answer answer = Answer.one(rig.exchange(get("/", "Accept-Encoding: gzip")));
            assertEquals(TEXT.repeat(10), gunzip(answer));
            assertEquals("Accept-Encoding, Cookie", answer.field("vary"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/event-stream, none",
        "video/mp4, none",
        "text/plain, gzip",
        "image/svg+xml, gzip",
        "x/y+json, gzip"
    })
    void compressesText(String type, String expected) {
        Probe probe = new Probe();
        probe.onRequest = http -> http.respond(200, type, TEXT);
        Mount mount = Mount.callback("/", "probe").compressed();
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("probe", (owner, options) -> probe).mount(mount))) {
            String coding =
                    Answer.one(rig.exchange(get("/", "Accept-Encoding: gzip"))).field("content-encoding");
            assertEquals(expected, coding.isEmpty() ? "none" : coding);
        }
    }

    @Test
    void leavesAloneWhatIsNotToBeTransformed() {
        Probe probe = new Probe();
        Headers[] kept = {
            Headers.of("Content-Type", "text/plain", "Cache-Control", "no-transform"),
            Headers.of("Content-Type", "text/plain", "Content-Encoding", "br")
        };
        Mount mount = Mount.callback("/", "probe").compressed();
        try (HttpRig rig = new HttpRig(
                vhost -> vhost.protocol("probe", (owner, options) -> probe).mount(mount))) {
            for (Headers headers : kept) {
                probe.onRequest = http -> http.respond(200, headers, TEXT.getBytes(StandardCharsets.UTF_8));
                assertEquals(
                        TEXT,
                        Answer.one(rig.exchange(get("/", "Accept-Encoding: gzip")))
                                .body());
            }
        }
    }

    @Test
    void sendsFilesCompressedBeforehand() throws IOException {
        Files.write(root.resolve("page.html.gz"), gzip(TEXT));
        Files.writeString(root.resolve("page.html.br"), "pretend brotli");
        Files.write(root.resolve("big.txt.gz"), gzip("of an earlier big.txt"));
        Files.setLastModifiedTime(root.resolve("big.txt.gz"), FileTime.from(Instant.EPOCH));
        Files.createSymbolicLink(root.resolve("small.txt.gz"), Files.writeString(temp.resolve("canary"), "CANARY"));
        try (HttpRig rig =
                new HttpRig(vhost -> vhost.mount(Mount.files("/", root).precompressed()))) {
            for (int i = 0; i < 2; i++) {
                Answer gz = Answer.one(rig.exchange(get("/page.html", "Accept-Encoding: gzip")));
                assertEquals(TEXT, gunzip(gz));
                assertEquals("gzip", gz.field("content-encoding"));
                assertEquals("Accept-Encoding", gz.field("vary"));
                assertTrue(gz.field("content-type").startsWith("text/html"));
                Answer br = Answer.one(rig.exchange(get("/page.html", "Accept-Encoding: gzip, br")));
                assertEquals("pretend brotli", br.body());
                Answer plain = Answer.one(rig.exchange(get("/page.html")));
                assertEquals(TEXT, plain.body());
                assertEquals("Accept-Encoding", plain.field("vary"));
                assertNotEquals(gz.field("etag"), plain.field("etag"));
                assertNotEquals(gz.field("etag"), br.field("etag"));
                assertEquals(
                        304,
                        Answer.one(rig.exchange(get(
                                        "/page.html", "Accept-Encoding: gzip", "If-None-Match: " + gz.field("etag"))))
                                .status());
                assertEquals(
                        "brotli",
                        Answer.one(rig.exchange(get("/page.html", "Accept-Encoding: br", "Range: bytes=8-")))
                                .body());
                assertEquals(
                        TEXT.repeat(20),
                        Answer.one(rig.exchange(get("/big.txt", "Accept-Encoding: gzip")))
                                .body());
                assertEquals(
                        "small",
                        Answer.one(rig.exchange(get("/small.txt", "Accept-Encoding: gzip")))
                                .body());
                Answer itself = Answer.one(rig.exchange(get("/page.html.gz", "Accept-Encoding: gzip")));
                assertEquals("", itself.field("content-encoding"));
            }
        }
    }

    private Path archive(String page) throws IOException {
        Path file = temp.resolve("site.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String[] entry : new String[][] {
                {"index.html", page}, {"sub/index.html", "sub"}, {"digits.txt", "0123456789"},
                {"big.txt", TEXT.repeat(20)}, {".secret", "CANARY"}, {"../up.txt", "CANARY"}
            }) {
                ZipEntry header = new ZipEntry(entry[0]);
                header.setLastModifiedTime(FileTime.from(Instant.parse("2020-01-02T03:04:06Z")));
                zip.putNextEntry(header);
                zip.write(entry[1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void servesAnArchive() throws IOException {
        Mount mount = Mount.zip("/z", archive("index"));
        try (HttpRig rig = new HttpRig(vhost -> vhost.mount(mount))) {
            assertEquals("index", Answer.one(rig.exchange(get("/z/"))).body());
            assertEquals("sub", Answer.one(rig.exchange(get("/z/sub/"))).body());
            assertEquals("/z/sub/?q", Answer.one(rig.exchange(get("/z/sub?q"))).field("location"));
            assertEquals("/z/", Answer.one(rig.exchange(get("/z"))).field("location"));
            assertEquals(
                    "234",
                    Answer.one(rig.exchange(get("/z/digits.txt", "Range: bytes=2-4")))
                            .body());
            Answer big = Answer.one(rig.exchange(get("/z/big.txt")));
            assertEquals(TEXT.repeat(20), big.body());
            assertEquals("bytes", big.field("accept-ranges"));
            assertTrue(big.field("content-type").startsWith("text/plain"));
            for (String path : List.of("/z/big.txt", "/z/digits.txt")) {
                Answer whole = Answer.one(rig.exchange(get(path)));
                Answer head = Answer.head(rig.exchange("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
                assertEquals(whole.field("content-length"), head.field("content-length"));
                Answer same = Answer.one(rig.exchange(get(path, "If-None-Match: " + whole.field("etag"))));
                assertEquals(304, same.status());
                Answer since =
                        Answer.one(rig.exchange(get(path, "If-Modified-Since: " + whole.field("last-modified"))));
                assertEquals(304, since.status());
            }
            for (String path : List.of("/z/none", "/z/.secret", "/z/digits.txt/", "/z/digits.txt/x", "/z/up.txt")) {
                assertEquals(404, Answer.one(rig.exchange(get(path))).status(), path);
            }
            assertEquals(
                    405,
                    Answer.one(rig.exchange("DELETE /z/ HTTP/1.1\r\nHost: x\r\n\r\n"))
                            .status());
        }
    }

    /** Of an entry that is not kept in memory: what is in front of the range is inflated all the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-0|206|0|1",
                "300000-300009|206|300000|10",
                "100-|206|100|-1",
                "-5|206|-5|5",
                "0-1,5-6|200|0|-1",
                "x|200|0|-1",
                "99999999-|416|0|0",
            })
    void sendsARangeOfALargeEntry(String range, int status, int from, int length) throws IOException {
        Mount mount = Mount.zip("/z", archive("index"));
        String whole = TEXT.repeat(20);
        try (HttpRig rig = new HttpRig(vhost -> vhost.mount(mount))) {
            Answer answer = Answer.one(rig.exchange(get("/z/big.txt", "Range: bytes=" + range)));
            assertEquals(status, answer.status());
            if (status != 416) {
                int begin = from < 0 ? whole.length() + from : from;
                assertEquals(whole.substring(begin, length < 0 ? whole.length() : begin + length), answer.body());
            }
            Answer other = Answer.one(rig.exchange(get("/z/big.txt", "Range: bytes=1-2", "If-Range: \"x\"")));
            assertEquals(whole, other.body());
        }
    }
}
