package io.lws.lwsws;

import io.lws.Context;
import io.lws.net.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What clients ask first, asked by the server itself, so that an archive of its classes that is made of this run holds what
 * serving takes and not only what starting takes.
 */
final class Rehearsal {
    private static final int PATIENCE_MS = 10_000;
    private static final String PAGE = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String NO_PAGE = PAGE.replace("/ HTTP", "/none HTTP");
    /** With RFC 6455's own key (1.3), and a frame behind it that closes, masked with zeroes. */
    private static final String WEB_SOCKET = String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: localhost",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "\u0088\u0080\0\0\0\0");

    private Rehearsal() {}

    /** Asks every vhost that listens on a TCP port. @throws IOException where one does not answer */
    static void of(Context context) throws IOException {
        for (Listener each : context.listeners()) {
            if (each.address() instanceof InetSocketAddress address) {
                for (String request : List.of(PAGE, NO_PAGE, WEB_SOCKET)) {
                    ask(address, request);
                }
            }
        }
    }

    private static void ask(InetSocketAddress address, String request) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            if (socket.getInputStream().readAllBytes().length == 0) {
                throw new IOException(address + " answers nothing");
            }
        }
    }
}
