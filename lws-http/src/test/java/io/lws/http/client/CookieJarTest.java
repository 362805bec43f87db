package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieJarTest {
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final CookieJar jar = new CookieJar(now::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "http://a.example/ | k=v | http://a.example/x | k=v",
                "http://a.example/ | k=v; Path=/ | http://b.a.example/ | none",
                "http://a.example/ | k= | http://a.example/ | k=",
                "http://a.example/ | k=v=w | http://a.example/ | k=v=w",
                "http://a.example/p/q | k=v | http://a.example/p/x | k=v",
                "http://a.example/p/q | k=v | http://a.example/px | none",
                "http://a.example/ | k=v; path=/p | http://a.example/p/ | k=v",
                "http://a.example/ | k=v; path=/p | http://a.example/ | none",
                "http://b.a.example/ | k=v; Domain=a.example | http://c.a.example/ | k=v",
                "http://b.a.example/ | k=v; Domain=.A.example | http://a.example/ | k=v",
                "http://b.a.example/ | k=v; Domain=c.example | http://c.example/ | none",
                "http://b.a.example/ | k=v; Domain=example | http://c.example/ | none",
                "http://a.example/ | k=v; Domain=b.a.example | http://b.a.example/ | none",
                "http://1.2.3.4/ | k=v; Domain=2.3.4 | http://9.2.3.4/ | none",
                "https://a.example/ | k=v; Secure | https://a.example/ | k=v",
                "https://a.example/ | k=v; Secure | http://a.example/ | none",
                "http://a.example/ | k=v; Secure | https://a.example/ | none",
                "http://a.example/ | k=v; Max-Age=0 | http://a.example/ | none",
                "http://a.example/ | k=v; Max-Age=-1 | http://a.example/ | none",
                "http://a.example/ | k=v; Max-Age=10 | http://a.example/ | k=v",
                "http://a.example/ | k=v; Expires=Thu, 01 Jan 1970 00:00:10 GMT | http://a.example/ | none",
                "http://a.example/ | k=v; Expires=Fri, 01-Jan-2038 00:00:10 GMT | http://a.example/ | k=v",
                "http://a.example/ | k=v; Expires=never | http://a.example/ | k=v",
                "http://a.example/ | =v | http://a.example/ | none",
                "http://a.example/ | v | http://a.example/ | none",
                "https://a.example/ | __Host-k=v; Secure; Path=/ | https://a.example/ | __Host-k=v",
                "https://a.example/x/y | __Host-k=v; Secure | https://a.example/x/ | none",
                "https://a.example/ | __Secure-k=v | https://a.example/ | none",
            })
    void keepsWhatItMayAndSendsWhereItMay(String from, String line, String to, String sent) {
        jar.store(HttpTarget.of(from), List.of(line));
        assertEquals(sent == null ? "" : sent, jar.header(HttpTarget.of(to)));
    }

    /** RFC 6265bis 5.7, where a.example has set k=safe over TLS for its path /p. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://a.example/p/ | k=evil; Path=/p | k=safe",
                "http://a.example/p/ | k=evil; Path=/p/q | k=safe",
                "http://a.example/p/ | k=; Path=/p; Max-Age=0 | k=safe",
                "http://b.a.example/p/q | k=evil; Path=/p/q; Domain=a.example | k=safe",
                "http://a.example/p/ | k=evil; Path=/ | k=safe; k=evil",
                "http://a.example/p/ | other=v; Path=/p | k=safe; other=v",
                "https://a.example/p/ | k=new; Path=/p | k=new"
            })
    void letsPlainTextReplaceNothingThatTlsHasSet(String from, String line, String sent) {
        HttpTarget target = HttpTarget.of("https://a.example/p/q/");
        jar.store(target, List.of("k=safe; Secure; Path=/p"));
        jar.store(HttpTarget.of(from), List.of(line));
        assertEquals(sent, jar.header(target));
    }

    @Test
    void sendsLongerPathsFirstAndReplaces() {
        HttpTarget target = HttpTarget.of("http://a.example/p/q");
        jar.store(target, List.of("a=1; Path=/", "b=2; Path=/p", "a=3; Path=/"));
        assertEquals("b=2; a=3", jar.header(target));
    }

    @Test
    void forgetsInTime() {
        HttpTarget target = HttpTarget.of("http://a.example/");
        jar.store(target, List.of("a=1; Max-Age=10"));
        now.addAndGet(10);
        assertEquals("", jar.header(target));
    }

    @Test
    void keepsABoundedNumber() {
        for (int i = 0; i < 5000; i++) {
            jar.store(HttpTarget.of("http://h" + i / 60 + ".example/"), List.of("k" + i + "=v"));
        }
        assertEquals(3000, jar.size());
        jar.store(HttpTarget.of("http://a.example/"), List.of("k=" + "x".repeat(5000)));
        assertEquals(3000, jar.size());
    }

    @Test
    void writesAndReadsTheFileThatCurlUses(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("cookies.txt");
        jar.store(
                HttpTarget.of("https://b.a.example/"),
                List.of("a=1; Domain=a.example; Secure; Max-Age=5; HttpOnly", "s=2"));
        jar.save(file);
        assertEquals(
                List.of(
                        "# Netscape HTTP Cookie File",
                        "#HttpOnly_.a.example\tTRUE\t/\tTRUE\t1000005\ta\t1",
                        "b.a.example\tFALSE\t/\tFALSE\t0\ts\t2"),
                Files.readAllLines(file));
        CookieJar read = new CookieJar(now::get);
        Files.writeString(
                file,
                Files.readString(file) + "# comment\nnonsense\n\nx\ty\n"
                        + "a.example\tTRUE\t/\tFALSE\t0\tbad\t\u0001\na.example\tTRUE\t/\tFALSE\t0\tbad\t\u65e5\n");
        read.load(file);
        assertEquals("a=1; s=2", read.header(HttpTarget.of("https://b.a.example/")));
        assertEquals("", read.header(HttpTarget.of("http://c.a.example/")));
    }
}
