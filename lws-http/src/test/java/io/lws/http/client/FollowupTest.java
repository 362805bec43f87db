package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.http.HttpMethod;
import io.lws.http.HttpTx;
import io.lws.http.client.ClientRig.Recorder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redirects, challenges, cookies: what a client does between the user's question and the answer. */
class FollowupTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final CookieJar jar = new CookieJar();
    private ClientRig rig = new ClientRig(builder -> builder.cookies(jar));

    @AfterEach
    void close() {
        rig.close();
    }

    private static String redirect(int status, String location) {
        return "HTTP/1.1 " + status + " x\r\nLocation: " + location + "\r\nContent-Length: 3\r\n\r\nsee";
    }

    private static String firstLine(String asked) {
        return asked.substring(0, asked.indexOf("\r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET",
        "302, POST, GET",
        "303, POST, GET",
        "307, POST, POST",
        "308, POST, POST",
        "301, PUT, PUT",
        "302, PUT, PUT",
        "303, PUT, GET",
        "303, HEAD, HEAD",
        "301, GET, GET",
        "308, GET, GET"
    })
    void redirectsAsTheStatusSays(int status, String method, String next) {
        boolean read = method.equals("GET") || method.equals("HEAD");
        ClientRequest.Builder request = ClientRequest.builder(HttpMethod.of(method), "http://a.example/x?y");
        Recorder heard = rig.ask((read ? request : request.body(RequestBody.text("a/b", "body"))).build());
        rig.answer(method.equals("HEAD") ? redirect(status, "/z").replace("see", "") : redirect(status, "/z"));
        String asked = rig.answer(method.equals("HEAD") ? OK.replace("\nok", "\n") : OK);
        assertEquals(next + " /z HTTP/1.1", firstLine(asked));
        assertEquals(!read && next.equals(method), asked.endsWith("body"), asked);
        assertEquals("closed 200", heard.events.get(2));
        assertEquals(1, rig.dialed.size());
    }

    @ParameterizedTest
    @CsvSource({
        "http://b.example/q, http://b.example:80, GET /q HTTP/1.1",
        "//b.example/q, http://b.example:80, GET /q HTTP/1.1",
        "?q, http://a.example:80, GET /x?q HTTP/1.1",
        "q, http://a.example:80, GET /q HTTP/1.1",
        "http://a.example:81/#f, http://a.example:81, GET / HTTP/1.1",
        "../../q, http://a.example:80, GET /q HTTP/1.1",
        "http://a.example/../..?q, http://a.example:80, GET /?q HTTP/1.1",
        "/..x, http://a.example:80, GET /..x HTTP/1.1",
        "/a b|c?d=[e]{f}, http://a.example:80, GET /a%20b%7Cc?d=[e]%7Bf%7D HTTP/1.1",
        "/[a]%zz%41, http://a.example:80, GET /%5Ba%5D%25zz%41 HTTP/1.1",
        "/\u00c3\u00a9, http://a.example:80, GET /%C3%A9 HTTP/1.1",
    })
    void followsReferences(String location, String origin, String line) {
        rig.get("http://a.example/x");
        rig.answer(redirect(302, location));
        assertEquals(line, firstLine(rig.answer(OK)));
        assertEquals(origin, rig.dialed.get(rig.dialed.size() - 1));
    }

    @Test
    void saysNothingMoreOfContentThatIsNotSentAgain() {
        rig.ask(ClientRequest.builder(HttpMethod.POST, "http://a.example/")
                .header("Content-Language", "en")
                .header("Content-Encoding", "gzip")
                .header("X-Keep", "1")
                .body(RequestBody.text("a/b", "body"))
                .build());
        rig.answer(redirect(303, "/2"));
        String asked = rig.answer(OK).toLowerCase(Locale.ROOT);
        assertTrue(asked.startsWith("get /2 ") && asked.contains("x-keep: 1"), asked);
        assertFalse(asked.contains("content-"), asked);
    }

    @Test
    void staysWhoItIsWhereTheSameOriginSendsIt() {
        rig.get("http://u:p@a.example/");
        rig.answer(redirect(302, "/2"));
        rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=r\r\nContent-Length: 0\r\n\r\n");
        String asked = rig.answer(redirect(302, "http://b.example/"));
        assertTrue(asked.contains("uthorization: Basic dTpw"), asked);
        Recorder heard = rig.get("http://u:p@c.example/");
        rig.answer(redirect(302, "http://d.example/"));
        rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=r\r\nContent-Length: 0\r\n\r\n");
        assertEquals("response 401", heard.events.get(0));
    }

    /** RFC 7616 3.4.4: what is hashed is UTF-8, and so is what is sent. */
    @Test
    void answersAChallengeAsAUserOfAnyName() {
        Recorder heard = rig.ask(ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                .credentials("\u65e5\u672c", "\u00e9")
                .build());
        rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Digest realm=\"\u00c3\u00a9\", nonce=n\r\n"
                + "Content-Length: 0\r\n\r\n");
        String asked = rig.answer(OK);
        assertTrue(asked.contains("username=\"\u00e6\u0097\u00a5\u00e6\u009c\u00ac\""), asked);
        assertTrue(asked.contains("response=\"a046472b473116b431d1c29576d4a2a3\""), asked);
        assertEquals("closed 200", heard.events.get(heard.events.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({"ftp://a.example/", "http://", "http://a b/", "'http://a.example:99999/'", "mailto:a"})
    void refusesToLeaveHttp(String location) {
        Recorder heard = rig.get("http://a.example/");
        rig.answer(redirect(302, location));
        assertEquals(List.of("closed REDIRECT"), heard.events);
    }

    @Test
    void givesRedirectsWithoutOnePlaceToGo() {
        Recorder heard = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 302 x\r\nContent-Length: 0\r\n\r\n");
        assertEquals("response 302", heard.events.get(0));
        heard = rig.ask(ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                .maxRedirects(0)
                .build());
        rig.answer(redirect(302, "/x"));
        assertEquals("response 302", heard.events.get(0));
        heard = rig.get("http://a.example/");
        rig.answer("HTTP/1.1 304 x\r\nLocation: /x\r\n\r\n");
        assertEquals("response 304", heard.events.get(0));
    }

    @Test
    void refusesToGoInCirclesForEver() {
        Recorder heard = rig.get("http://a.example/");
        for (int i = 0; i < 11; i++) {
            rig.answer(redirect(302, "/"));
        }
        assertEquals(List.of("closed REDIRECT"), heard.events);
    }

    @Test
    void keepsSecretsFromOtherOrigins() {
        rig.ask(ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                .basicAuth("u", "p")
                .header("Cookie", "own=1")
                .header("X-Keep", "1")
                .build());
        rig.answer(redirect(302, "http://a.example/2"));
        String same = rig.answer(redirect(302, "http://b.example/"));
        assertTrue(same.contains("uthorization: Basic dTpw") && same.contains("ookie: own=1"), same);
        String other = rig.answer(OK);
        assertFalse(other.contains("uthorization") || other.contains("ookie"), other);
        assertTrue(other.toLowerCase(Locale.ROOT).contains("x-keep: 1"), other);
    }

    @Test
    void doesNotStreamTwice() {
        Recorder streaming = new Recorder() {
            @Override
            public void onWriteable(HttpExchange<Void> http, HttpTx tx) {
                tx.write(ByteBuffer.wrap(new byte[] {'x'}));
                tx.finish();
            }
        };
        rig.ask(ClientRequest.post("http://a.example/", RequestBody.streamed("a/b", 1)), streaming);
        rig.answer(redirect(307, "/again"));
        assertEquals(List.of("closed BODY"), streaming.events);
    }

    @Test
    void answersAChallengeOnce() {
        ClientRequest request = ClientRequest.builder(HttpMethod.GET, "http://a.example/s?t")
                .credentials("u", "p")
                .build();
        String no = "HTTP/1.1 401 x\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n"
                + "Content-Length: 2\r\n\r\nno";
        Recorder heard = rig.ask(request);
        assertFalse(rig.answer(no).contains("uthorization"));
        String asked = rig.answer(no.replace("nonce=\"n\"", "nonce=\"m\", stale=true"));
        assertTrue(asked.contains("Authorization: Digest username=\"u\"") && asked.contains("uri=\"/s?t\""), asked);
        assertTrue(rig.answer(no).contains("nonce=\"m\""), "a newer nonce");
        assertEquals(List.of("response 401", "complete 'no'", "closed 401"), heard.events);
        assertEquals(1, rig.dialed.size());
    }

    @Test
    void givesUpOnNoncesThatAreAlwaysOld() {
        ClientRequest request = ClientRequest.builder(HttpMethod.GET, "http://a.example/")
                .credentials("u", "p")
                .build();
        Recorder heard = rig.ask(request);
        int asked = 0;
        while (heard.events.isEmpty() && asked < 100) {
            rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Digest realm=\"r\", nonce=\"" + asked++
                    + "\", qop=\"auth\", stale=true\r\nContent-Length: 0\r\n\r\n");
        }
        assertEquals(5, asked);
        assertEquals("response 401", heard.events.get(0));
    }

    @Test
    void takesCredentialsFromTheUri() {
        Recorder heard = rig.get("http://u:p%40@a.example/");
        rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
        assertTrue(rig.answer(OK).contains("\r\nAuthorization: Basic dTpwQA==\r\n"));
        assertEquals("closed 200", heard.events.get(2));
        rig.get("http://a.example/");
        assertFalse(rig.answer("HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
                .contains("uthorization"));
    }

    @Test
    void keepsCookiesOfEachResponse() {
        rig.get("http://a.example/");
        rig.answer("HTTP/1.1 302 x\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nLocation: /2\r\nContent-Length: 0\r\n\r\n");
        assertTrue(rig.answer(OK).contains("\r\nCookie: a=1; b=2\r\n"));
        rig.get("http://b.example/");
        assertFalse(rig.answer(OK).contains("Cookie"));
    }
}
