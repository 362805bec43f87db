package io.lws.http.proxy;

import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a WebSocket opened over HTTP/2 has no need of and one over HTTP/1.1 cannot do without: a key, and proof that the
 * origin has understood it (RFC 6455 4.2.2, RFC 8441 5).
 */
final class WebSocketKey {
    static final String FIELD = "Sec-WebSocket-Key";
    private static final String ACCEPT = "sec-websocket-accept";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String key;

    private WebSocketKey(String key) {
        this.key = key;
    }

    static WebSocketKey fresh() {
        byte[] octets = new byte[KEY_BYTES];
        RANDOM.nextBytes(octets);
        return new WebSocketKey(Base64.getEncoder().encodeToString(octets));
    }

    Headers in(Headers fields) {
        return fields.with(FIELD, key);
    }

    boolean isAcceptedBy(HttpResponse response) {
        return proof().equals(response.header(ACCEPT));
    }

    private String proof() {
        try {
            byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every platform has it
        }
    }

    /** The origin's answer as the client gets it, whom the proof does not concern. */
    static Headers withoutProof(Headers fields) {
        Headers.Builder rest = Headers.builder();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.name(i).equals(ACCEPT)) {
                rest.add(fields.name(i), fields.value(i));
            }
        }
        return rest.build();
    }
}
