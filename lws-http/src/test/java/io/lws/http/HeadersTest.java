package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @Test
    void encodesOnceInOrder() {
        Headers headers = Headers.of("Set-Cookie", "a", "X", "\t\u00e4 ", "set-cookie", "b");
        ByteBuffer out = ByteBuffer.allocate(headers.h1Bytes());
        headers.writeH1(out);
        assertEquals(
                "Set-Cookie: a\r\nX: \u00e4\r\nset-cookie: b\r\n",
                new String(out.array(), StandardCharsets.ISO_8859_1));
        assertEquals("a", headers.get("SET-COOKIE"));
        assertEquals(List.of("a", "b"), headers.all("set-cookie"));
        assertEquals("set-cookie", headers.name(0));
        assertNull(headers.get("y"));
        assertFalse(headers.hasFramingFields());
        Headers more = headers.toBuilder().add("Connection", "close").build();
        assertEquals(4, more.size());
        assertEquals(headers.h1Bytes() + 19, more.h1Bytes());
        assertTrue(more.hasFramingFields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "\u00e4", "a\u0000"})
    void refusesNameThatIsNoToken(String name) {
        assertThrows(IllegalArgumentException.class, () -> Headers.of(name, "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\rb", "a\nb", "a\u0000b", "a\u007f", "a\u001bb", "\u20ac", "\u010d\u010a"})
    void refusesValueThatWouldSplitTheAnswer(String value) {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("n", value));
    }

    @Test
    void refusesNameWithoutValue() {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("a", "b", "c"));
    }

    @Test
    void refusesLimitsThatMakeNoSense() {
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpLimits.builder().headerBytes(0).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpLimits.builder().bodyBytes(-2).build());
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpLimits.builder().bodyTimeout(Duration.ZERO).build());
        assertEquals(
                -1, HttpLimits.builder().bodyBytes(HttpLimits.UNLIMITED).build().bodyBytes());
    }

    @Test
    void waitsForNothingLongerThanFifteenSecondsByDefault() {
        Duration most = Duration.ofSeconds(15);
        HttpLimits limits = HttpLimits.DEFAULT;
        for (Duration wait : List.of(limits.headerTimeout(), limits.bodyTimeout(), limits.keepAliveTimeout())) {
            assertTrue(wait.compareTo(most) <= 0, wait::toString);
        }
    }

    @Test
    void knowsMethodsByName() {
        assertTrue(HttpMethod.of("GET") == HttpMethod.GET);
        assertEquals(HttpMethod.of("BREW"), HttpMethod.of("BREW"));
        assertFalse(HttpMethod.of("get").equals(HttpMethod.GET));
        assertTrue(HttpMethod.OPTIONS.isSafe());
        assertFalse(HttpMethod.of("BREW").isSafe());
        assertThrows(IllegalArgumentException.class, () -> HttpMethod.of("A B"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html;charset=utf-8",
        "A.HTML, text/html;charset=utf-8",
        "a.tar.gz, application/gzip",
        "/d.js/x, application/octet-stream",
        "/d/app.mjs, text/javascript;charset=utf-8",
        "noext, application/octet-stream",
        "a.nosuch, application/octet-stream",
        "pic.svg, image/svg+xml;charset=utf-8",
        "x.wasm, application/wasm"
    })
    void knowsTypeByExtension(String name, String type) {
        assertEquals(type, MimeTypes.STANDARD.ofFileName(name));
    }

    @Test
    void takesExtraTypes() {
        MimeTypes types = MimeTypes.STANDARD.with(".Foo", "text/foo").with("*", "text/any");
        assertEquals("text/foo", types.ofFileName("a.foo"));
        assertEquals("text/any", types.ofFileName("a.bar"));
        assertThrows(IllegalArgumentException.class, () -> types.with("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> types.with("a", "b/c\r\nd: e"));
    }

    @Test
    void escapesErrorPage() {
        String page = new String(ErrorPage.html(404, "<script>alert('x')</script>&\""), StandardCharsets.UTF_8);
        assertTrue(page.contains("<h1>404 Not Found</h1>"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;"));
        assertFalse(page.contains("<script"));
    }

    @Test
    void keepsSecretsThroughEveryCopy() {
        Headers headers = Headers.builder()
                .add("a", "1")
                .addSecret("b", "2")
                .add("c", "3")
                .addSecret("d", "4")
                .build();
        assertEquals("bd", secrets(headers));
        assertEquals("bd", secrets(headers.toBuilder().add("e", "5").build()));
        assertEquals("d", secrets(headers.without("b"::equals)));
        assertEquals("d", secrets(headers.with("b", "6")));
        assertEquals("bde", secrets(headers.toBuilder().addSecret("e", "5").build()));
    }

    private static String secrets(Headers headers) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            names.append(headers.isSecret(i) ? headers.name(i) : "");
        }
        return names.toString();
    }
}
