package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.http.spi.WebSocketKey;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The opening handshake (RFC 6455 4) over header values, whoever parsed them. What a valid request asks for is the
 * record; which subprotocol and extensions it gets is decided elsewhere, as is whether its origin is welcome.
 *
 * @param accept value of {@code Sec-WebSocket-Accept} in the answer
 * @param subprotocols what the client offers, in its order of preference; empty when it does not care
 * @param extensions what the client offers, in its order of preference
 */
record WsHandshake(String accept, List<String> subprotocols, List<WsExtensionTerms> extensions) {
    /** The header fields of a request. */
    @FunctionalInterface
    interface Fields {
        /** Values of all fields of that name, compared without case, in order; empty when there is none. */
        List<String> values(String name);
    }

    static final String VERSION = "13";

    /** The answer that must name {@link #VERSION} in a {@code Sec-WebSocket-Version} field (RFC 6455 4.4). */
    static final int UPGRADE_REQUIRED = 426;

    private static final int BAD_REQUEST = 400;
    private static final int KEY_CHARS = 24;
    private static final int KEY_BYTES = 16;
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    /** Whether the request asks for a WebSocket at all, well or badly. */
    static boolean isAskedFor(Fields fields) {
        return hasToken(fields.values("Upgrade"), "websocket");
    }

    /**
     * Validates an upgrade request over HTTP/1.1. Throws {@link ProtocolException} with the status to answer: 426 for
     * a version other than 13, 400 for the rest.
     */
    static WsHandshake of(String method, String version, Fields fields) {
        if (!method.equals("GET")) {
            throw refused("only GET upgrades to websocket");
        }
        if (!version.equals("HTTP/1.1")) {
            throw refused("only HTTP/1.1 upgrades to websocket");
        }
        if (!isAskedFor(fields)) {
            throw refused("Upgrade does not name websocket");
        }
        if (!hasToken(fields.values("Connection"), "upgrade")) {
            throw refused("Connection does not name upgrade");
        }
        requireVersion(fields);
        return offers(key(fields.values("Sec-WebSocket-Key")).proof(), fields);
    }

    /** The same over a stream of HTTP/2 (RFC 8441 5), where nothing is proven by a key: {@link #accept} is empty. */
    static WsHandshake ofStream(Fields fields) {
        requireVersion(fields);
        return offers("", fields);
    }

    private static void requireVersion(Fields fields) {
        List<String> versions = fields.values("Sec-WebSocket-Version");
        if (versions.size() != 1 || !versions.get(0).strip().equals(VERSION)) {
            throw new ProtocolException(UPGRADE_REQUIRED, "only Sec-WebSocket-Version 13 is spoken");
        }
    }

    private static WsHandshake offers(String accept, Fields fields) {
        return new WsHandshake(
                accept,
                subprotocols(fields.values(SUBPROTOCOL)),
                WsExtensionTerms.parse(fields.values("Sec-WebSocket-Extensions")));
    }

    /** The offered subprotocols; a token may not stand twice (RFC 6455 4.1), else {@code ProtocolException} 400. */
    static List<String> subprotocols(List<String> fieldValues) {
        Set<String> offered = new LinkedHashSet<>();
        for (String value : fieldValues) {
            HeaderCursor cursor = new HeaderCursor(value);
            do {
                if (!offered.add(cursor.token(SUBPROTOCOL))) {
                    throw HeaderCursor.malformed(SUBPROTOCOL);
                }
            } while (cursor.take(','));
            if (!cursor.atEnd()) {
                throw HeaderCursor.malformed(SUBPROTOCOL);
            }
        }
        return List.copyOf(offered);
    }

    private static WebSocketKey key(List<String> keys) {
        if (keys.size() != 1) {
            throw refused("not one Sec-WebSocket-Key");
        }
        String key = keys.get(0).strip();
        if (key.length() != KEY_CHARS || decodedBytes(key) != KEY_BYTES) {
            throw refused("Sec-WebSocket-Key is not 16 bytes in base64");
        }
        return new WebSocketKey(key);
    }

    private static int decodedBytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length;
        } catch (IllegalArgumentException notBase64) {
            return -1;
        }
    }

    private static boolean hasToken(List<String> fieldValues, String token) {
        for (String value : fieldValues) {
            for (String element : value.split(",")) {
                if (element.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ProtocolException refused(String reason) {
        return new ProtocolException(BAD_REQUEST, reason);
    }
}
