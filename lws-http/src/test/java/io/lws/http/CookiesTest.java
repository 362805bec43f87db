package io.lws.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies both ways. */
class CookiesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1; b=2|{a=1, b=2}",
                "a=1;b=2|{a=1, b=2}",
                "a=1; a=2|{a=1}",
                "a=\"x y\"|{a=x y}",
                "a=|{a=}",
                "a=b=c|{a=b=c}",
                "=x; b=2|{b=2}",
                "junk; b=2|{b=2}",
                ";;; ;|{}",
            })
    void readsCookies(String field, String expected) {
        RequestHeaders headers = FixedHeaders.of("Cookie", field);
        assertEquals(expected, Cookies.all(headers).toString());
    }

    @Test
    void looksAtSoManyOnly() {
        RequestHeaders headers = FixedHeaders.of("Cookie", "x=1; ".repeat(100) + "y=2");
        assertEquals("1", Cookies.get(headers, "x"));
        assertEquals(null, Cookies.get(headers, "y"));
        assertEquals(null, Cookies.get(new FixedHeaders(""), "y"));
    }

    @Test
    void writesCookies() {
        assertEquals(
                "id=7; Path=/; HttpOnly; SameSite=Lax", SetCookie.of("id", "7").toString());
        assertEquals(
                "id=; Path=/; HttpOnly; Max-Age=0; Secure; SameSite=Strict",
                SetCookie.of("id", "")
                        .maxAge(Duration.ZERO)
                        .secure()
                        .sameSite(SetCookie.SameSite.STRICT)
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a\"b", "a,b", "a\\b", "a\nb", "\u00e9"})
    void refusesValuesThatCannotBeSent(String value) {
        assertThrows(IllegalArgumentException.class, () -> SetCookie.of("id", value));
        assertThrows(IllegalArgumentException.class, () -> SetCookie.of(value, "1"));
    }

    @Test
    void saysWhatMayBeKept() {
        CachePolicy hour = CachePolicy.maxAge(Duration.ofHours(1));
        assertEquals("max-age=3600, private", hour.cacheControl());
        assertEquals("max-age=3600, public", hour.intermediaries().cacheControl());
        assertEquals(
                "must-revalidate, max-age=3600, private", hour.mustRevalidate().cacheControl());
        assertEquals("no-cache, private", hour.noCache().cacheControl());
        assertEquals("no-store", CachePolicy.NEVER.cacheControl());
        assertThrows(IllegalArgumentException.class, () -> CachePolicy.maxAge(Duration.ofSeconds(-1)));
    }
}
