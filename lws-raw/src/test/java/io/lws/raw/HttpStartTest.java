package io.lws.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpStartTest {
    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1', HTTP",
        "'\r\nPOST /', HTTP",
        "'PRI * HTTP/2.0', HTTP",
        "'DELETE ', HTTP",
        "'G', MORE",
        "'P', MORE",
        "'OPTIONS', MORE",
        "'', MORE",
        "'\r\n', MORE",
        "'SSH-2.0-OpenSSH_9.2', OTHER",
        "'GETS ', OTHER",
        "'get / HTTP/1.1', OTHER",
        "'\r\n\r\nGET /', OTHER",
        "'hello', OTHER",
        "'\u0016\u0003\u0001', OTHER",
    })
    void tellsByTheFirstBytes(String bytes, HttpStart expected) {
        ByteBuffer in = ByteBuffer.wrap(("##" + bytes).getBytes(StandardCharsets.ISO_8859_1));
        in.position(2);
        assertEquals(expected, HttpStart.of(in));
        assertEquals(2, in.position());
    }
}
