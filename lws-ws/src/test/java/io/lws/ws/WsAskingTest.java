package io.lws.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lws.http.Headers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WsAskingTest {
    /** The pair has its colon without a password, too (RFC 7617 2), whose own example is the second row. */
    @ParameterizedTest
    @CsvSource({
        "ws://user@a/, Basic dXNlcjo=",
        "ws://Aladdin:open%20sesame@a/, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "ws://user:a:b@a/, Basic dXNlcjphOmI=",
        "ws://a/,"
    })
    void saysWhoAsks(String uri, String authorization) {
        WsUri to = WsUri.of(uri);
        WsAsking asking = new WsAsking(to, Headers.EMPTY, List.of(), List.of(), null);
        assertEquals(authorization, asking.basic(to));
    }
}
