package io.lws.http.spi;

import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * What a WebSocket opened over HTTP/1.1 cannot do without: 16 random bytes in base64, and the proof that the other side has
 * understood them (RFC 6455 4.2.2). One over HTTP/2 has no need of it (RFC 8441 5). Immutable.
 */
public record WebSocketKey(String text) {
    private static final String FIELD = "Sec-WebSocket-Key";
    private static final String ACCEPT = "sec-websocket-accept";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One that nobody can guess. */
    public static WebSocketKey fresh() {
        byte[] octets = new byte[KEY_BYTES];
        RANDOM.nextBytes(octets);
        return new WebSocketKey(Base64.getEncoder().encodeToString(octets));
    }

    /** {@code fields} of a request, with it. */
    public Headers in(Headers fields) {
        return fields.with(FIELD, text);
    }

    /** What a server answers to it in {@code Sec-WebSocket-Accept}, and a client therefore expects. */
    public String proof() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((text + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** Whether {@code answer} has the proof, once. */
    public boolean isAcceptedBy(HttpResponse answer) {
        return answer.headers(ACCEPT).equals(List.of(proof()));
    }

    /** {@code fields} of an answer as somebody gets them whom the proof does not concern. */
    public static Headers withoutProof(Headers fields) {
        Headers.Builder rest = Headers.builder();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.name(i).equals(ACCEPT)) {
                rest.add(fields.name(i), fields.value(i));
            }
        }
        return rest.build();
    }
}
