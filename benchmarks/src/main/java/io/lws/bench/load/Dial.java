package io.lws.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Opens connections, and upgrades them where that is asked for. Blocking. */
final class Dial {
    /** RFC 6455 section 1.3. */
    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int SILENCE_MS = 10_000;
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InetSocketAddress server;

    Dial(InetSocketAddress server) {
        this.server = server;
    }

    SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** A connection upgraded to WebSocket at {@code path}, with no subprotocol. */
    SocketChannel upgrade(String path) throws IOException {
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        SocketChannel channel = connect();
        channel.write(ascii("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: " + key + "\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        String head = readHead(channel);
        if (!head.startsWith("HTTP/1.1 101 ") || !accept(key).equals(HttpProbe.field(head, "sec-websocket-accept"))) {
            channel.close();
            throw new WrongAnswer("no upgrade at " + path + ": "
                    + head.lines().findFirst().orElse("").toLowerCase(Locale.ROOT));
        }
        return channel;
    }

    String host() {
        return server.getHostString() + ":" + server.getPort();
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a head; what follows that of a refusal is dropped with the connection. */
    private static String readHead(SocketChannel channel) throws IOException {
        byte[] in = new byte[MAX_HEAD_BYTES];
        int got = 0;
        int n;
        while ((n = read(channel, in, got)) > 0) {
            got += n;
            String head = new String(in, 0, got, StandardCharsets.ISO_8859_1);
            if (head.contains("\r\n\r\n")) {
                return head;
            }
        }
        throw new WrongAnswer("the server closed during the handshake");
    }

    /** A blocking read behind the first {@code at} bytes of {@code in}, but not for ever. */
    static int read(SocketChannel channel, byte[] in, int at) throws IOException {
        channel.socket().setSoTimeout(SILENCE_MS);
        try {
            return channel.socket().getInputStream().read(in, at, in.length - at);
        } catch (SocketTimeoutException e) {
            throw new WrongAnswer("no answer for ten seconds");
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
