package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {
    /** The values that RFC 7616 3.9.1 prints. */
    @ParameterizedTest
    @CsvSource({
        "MD5, MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void answersAsTheRfcDoes(String named, String algorithm, String response) {
        List<Challenge> challenges =
                Challenge.parse(List.of("Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
                        + " algorithm=" + named + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                        + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
        String answer = Authentication.digest(
                challenges.get(0),
                Map.entry(named, algorithm),
                new Credentials("Mufasa", "Circle of Life"),
                "GET",
                "/dir/index.html",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertTrue(answer.contains("response=\"" + response + "\""), answer);
        assertTrue(answer.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""), answer);
    }

    @Test
    void prefersTheStronger() {
        Credentials who = new Credentials("u", "p");
        List<Challenge> all = Challenge.parse(List.of(
                "Basic realm=\"a, b\", Digest realm=r, nonce=n, qop=auth, algorithm=MD5",
                "Digest realm=r, nonce=n, qop=\"auth\", algorithm=SHA-256"));
        assertEquals(
                List.of("basic", "digest", "digest"),
                all.stream().map(Challenge::scheme).toList());
        assertEquals("a, b", all.get(0).parameter("realm"));
        assertTrue(String.valueOf(Authentication.answer(all, who, "GET", "/")).contains("algorithm=SHA-256"));
        assertEquals("Basic dTpw", Authentication.answer(all.subList(0, 1), who, "GET", "/"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Digest realm=r, nonce=n, algorithm=X",
                "Digest realm=r, qop=auth",
                "Digest realm=r, nonce=n, qop=auth-int",
                "Negotiate abc==",
                "Digest realm=\"unterminated",
                "=",
                "''"
            })
    void answersNothingItCannot(String challenge) {
        assertNull(Authentication.answer(Challenge.parse(List.of(challenge)), new Credentials("u", "p"), "GET", "/"));
    }

    @Test
    void refusesCredentialsThatBreakTheField() {
        assertThrows(IllegalArgumentException.class, () -> new Credentials("u:v", "p"));
        assertThrows(IllegalArgumentException.class, () -> new Credentials("u", "p\r\n"));
        assertEquals(new Credentials("u", "p:q"), Credentials.of("u:p:q"));
    }
}
