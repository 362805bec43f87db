package io.lws.ws;

import io.lws.ProtocolException;
import io.lws.http.Headers;
import io.lws.http.HttpResponse;
import io.lws.http.HttpStatus;
import io.lws.http.spi.WebSocketKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of the opening handshake, sans I/O (RFC 6455 4.1): what it sends, and whether an answer is one to that.
 *
 * @param headers the user's own, and credentials
 */
record WsClientRequest(
        WsUri uri, WebSocketKey key, List<String> subprotocols, List<WsExtension> extensions, Headers headers) {
    /** What both agreed on. {@code subprotocol} is empty for none. */
    record Agreed(String subprotocol, @Nullable WsAgreement extension) {}

    private static final Set<String> OWN_FIELDS = Set.of(
            "host",
            "upgrade",
            "connection",
            "content-length",
            "transfer-encoding",
            "sec-websocket-key",
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions",
            "sec-websocket-accept");

    /** Whether the handshake itself says what a field of that name holds. */
    static boolean isOwnField(String name) {
        return OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException for what may not be offered (RFC 6455 4.1) */
    static void requireSubprotocols(List<String> offered) {
        for (String each : offered) {
            if (!HeaderCursor.isToken(each)) {
                throw new IllegalArgumentException("not a token: " + each);
            }
        }
        if (Set.copyOf(offered).size() < offered.size()) {
            throw new IllegalArgumentException("a subprotocol is offered once: " + offered);
        }
    }

    byte[] head() {
        Headers fields = fields();
        String start = "GET " + uri.pathAndQuery() + " HTTP/1.1\r\nHost: " + uri.authority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
        ByteBuffer head = ByteBuffer.allocate(start.length() + fields.h1Bytes() + 2);
        head.put(start.getBytes(StandardCharsets.ISO_8859_1));
        fields.writeH1(head);
        return head.put((byte) '\r').put((byte) '\n').array();
    }

    /** What is sent whichever version carries it; over HTTP/2 the key proves nothing and does no harm. */
    Headers fields() {
        Headers.Builder fields = key.in(Headers.EMPTY).toBuilder().add("Sec-WebSocket-Version", WsHandshake.VERSION);
        if (!subprotocols.isEmpty()) {
            fields.add("Sec-WebSocket-Protocol", String.join(", ", subprotocols));
        }
        if (!extensions.isEmpty()) {
            fields.add("Sec-WebSocket-Extensions", WsExtensions.offer(extensions));
        }
        for (int i = 0; i < headers.size(); i++) {
            fields.add(headers.name(i), headers.value(i));
        }
        return fields.build();
    }

    /** Where the answer says to go instead, or null. */
    static @Nullable String location(HttpResponse answer) {
        boolean redirects = switch (answer.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        List<String> locations = answer.headers("location");
        return redirects && locations.size() == 1 ? locations.get(0) : null;
    }

    /** What {@code answer} agrees to. {@link ProtocolException} with the server's status for a no, 502 for a false yes. */
    Agreed check(HttpResponse answer) {
        if (answer.status() != HttpStatus.SWITCHING_PROTOCOLS) {
            throw new ProtocolException(answer.status(), "server answered " + answer.status());
        }
        if (!hasOnly(answer, "upgrade", "websocket") || !hasToken(answer.headers("connection"), "upgrade")) {
            throw bad("server switches to something else");
        }
        if (!key.isAcceptedBy(answer)) {
            throw bad("Sec-WebSocket-Accept is not the one for our key");
        }
        return agreed(answer);
    }

    /** What an answer agrees to that is a yes. */
    Agreed agreed(HttpResponse answer) {
        return new Agreed(
                subprotocol(answer.headers("sec-websocket-protocol")),
                WsExtensions.accepted(extensions, WsExtensionTerms.parse(answer.headers("sec-websocket-extensions"))));
    }

    private String subprotocol(List<String> answered) {
        if (answered.isEmpty()) {
            return "";
        }
        if (answered.size() > 1 || !subprotocols.contains(answered.get(0))) {
            throw bad("server chose a subprotocol that was not offered");
        }
        return answered.get(0);
    }

    private static ProtocolException bad(String what) {
        return new ProtocolException(HttpStatus.BAD_GATEWAY, what);
    }

    private static boolean hasOnly(HttpResponse answer, String name, String value) {
        List<String> values = answer.headers(name);
        return values.size() == 1 && values.get(0).equalsIgnoreCase(value);
    }

    private static boolean hasToken(List<String> values, String token) {
        for (String value : values) {
            for (String each : value.split(",")) {
                if (each.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }
}
