package io.lws.plugins.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.ProtocolOptions;
import io.lws.Vhost;
import io.lws.testing.JdkWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorProtocolTest {
    private static final String NAME = "lws-mirror-protocol";
    private static final String LINE = "d #ff0000 1 2 3 4;";

    private static Context serve(int loops, ProtocolOptions options) {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol(NAME, new MirrorPlugin().factory(), options)
                .build();
        return Context.builder().loops(loops).vhost(vhost).build().start();
    }

    private static JdkWebSocket client(Context context, String query) {
        return new JdkWebSocket(context.vhosts().get(0).port(), query, NAME);
    }

    @Test
    void showsToAllInARoomWhatOneDraws() throws InterruptedException {
        try (Context context = serve(1, ProtocolOptions.NONE);
                JdkWebSocket one = client(context, "?mirror=kitchen");
                JdkWebSocket two = client(context, "?mirror=kitchen");
                JdkWebSocket other = client(context, "")) {
            other.send("clear;");
            assertEquals("clear;", other.hear());
            one.send(LINE);
            assertEquals(LINE, one.hear());
            assertEquals(LINE, two.hear());
            other.send(LINE);
            assertEquals(LINE, other.hear(), "what was drawn in another room does not come here");
        }
    }

    @Test
    void givesANewcomerThePicture() throws InterruptedException {
        try (Context context = serve(1, ProtocolOptions.NONE);
                JdkWebSocket one = client(context, "")) {
            for (String each : List.of(LINE, "clear;", "c #000000 1 2 3;", "c #000000 4 5 6;")) {
                one.send(each);
                assertEquals(each, one.hear());
            }
            try (JdkWebSocket newcomer = client(context, "")) {
                assertEquals("clear;", newcomer.hear());
                assertEquals("c #000000 1 2 3;", newcomer.hear());
                assertEquals("c #000000 4 5 6;", newcomer.hear());
            }
        }
    }

    @Test
    void leavesOutMalformedCommands() throws InterruptedException {
        try (Context context = serve(1, ProtocolOptions.NONE);
                JdkWebSocket one = client(context, "")) {
            one.send("<script>;");
            one.send("bad;" + LINE + "worse;");
            assertEquals(LINE, one.hear());
        }
    }

    @Test
    void closesWhoSendsTooMuchAtOnce() throws InterruptedException {
        try (Context context = serve(1, ProtocolOptions.NONE);
                JdkWebSocket one = client(context, "")) {
            one.send("x".repeat(1025));
            assertEquals("closed 1009", one.hear());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "a.b", "%2e%2e", "123456789012345678901234567890123"})
    void refusesBadRoomNames(String name) {
        try (Context context = serve(1, ProtocolOptions.NONE)) {
            CompletionException refusal =
                    assertThrows(CompletionException.class, () -> client(context, "?mirror=" + name));
            WebSocketHandshakeException handshake = (WebSocketHandshakeException) refusal.getCause();
            assertEquals(400, handshake.getResponse().statusCode());
        }
    }

    @Test
    void closesWhoAsksForOneRoomTooMany() throws InterruptedException {
        try (Context context = serve(1, ProtocolOptions.of("max-rooms", "1"));
                JdkWebSocket one = client(context, "?mirror=a");
                JdkWebSocket two = client(context, "?mirror=b")) {
            assertEquals("closed 1013", two.hear());
            one.leave();
            assertEquals("closed 1000", one.hear());
            try (JdkWebSocket three = client(context, "?mirror=c")) {
                three.send(LINE);
                assertEquals(LINE, three.hear(), "the first room has ended with its last occupant");
            }
        }
    }

    /** Several loops, everybody draws, and everybody must see all of it in one order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void showsOneOrderToAll(int loops) throws InterruptedException {
        int clients = 6;
        int messages = 400;
        List<JdkWebSocket> all = new ArrayList<>();
        ProtocolOptions shallow = ProtocolOptions.builder()
                .put("ring-depth", "8")
                .put("laggard-ms", "30000")
                .build();
        try (Context context = serve(loops, shallow)) {
            for (int i = 0; i < clients; i++) {
                all.add(client(context, ""));
            }
            List<Thread> pens = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                JdkWebSocket pen = all.get(i);
                int x = i;
                pens.add(new Thread(() -> {
                    for (int y = 0; y < messages; y++) {
                        pen.send("c #000000 " + x + " " + y + " 1;");
                    }
                }));
            }
            // all are in the room before the first one draws
            all.get(0).send("clear;");
            for (JdkWebSocket each : all) {
                assertEquals("clear;", each.hear());
            }
            pens.forEach(Thread::start);
            List<List<String>> seen = new ArrayList<>();
            for (JdkWebSocket each : all) {
                List<String> heard = new ArrayList<>();
                for (int i = 0; i < clients * messages; i++) {
                    heard.add(each.hear());
                }
                seen.add(heard);
            }
            for (List<String> each : seen) {
                assertEquals(seen.get(0), each);
            }
            for (int x = 0; x < clients; x++) {
                assertInOrder(seen.get(0), x, messages);
            }
        } finally {
            all.forEach(JdkWebSocket::close);
        }
    }

    private static void assertInOrder(List<String> seen, int x, int messages) {
        List<String> own = seen.stream()
                .filter(each -> each.startsWith("c #000000 " + x + " "))
                .toList();
        assertEquals(messages, own.size());
        for (int y = 0; y < messages; y++) {
            assertEquals("c #000000 " + x + " " + y + " 1;", own.get(y));
        }
    }

    /** One who reads nothing holds up the room, but not for ever. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void closesALaggardAndGoesOn(int loops) throws IOException, InterruptedException {
        ProtocolOptions impatient = ProtocolOptions.builder()
                .put("ring-depth", "64")
                .put("laggard-ms", "200")
                .build();
        String big = LINE.repeat(1024 / LINE.length());
        int messages = 6_144; // more than the buffers of the system take for a peer that does not read
        int window = 16; // what the pen has outstanding: never half a ring, so it is no laggard itself
        try (Context context = serve(loops, impatient);
                Socket laggard = handshaken(context);
                JdkWebSocket pen = client(context, "")) {
            for (int sent = 0; sent < messages; sent += window) {
                for (int i = 0; i < window; i++) {
                    pen.send(big);
                }
                for (int i = 0; i < window; i++) {
                    assertEquals(big, pen.hear());
                }
            }
            assertTrue(bytesUntilEnd(laggard) < (long) messages * big.length());
        }
    }

    private static Socket handshaken(Context context) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), context.vhosts().get(0).port()));
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Protocol: " + NAME + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        byte[] first = new byte[12];
        assertEquals(first.length, socket.getInputStream().readNBytes(first, 0, first.length));
        assertEquals("HTTP/1.1 101", new String(first, StandardCharsets.US_ASCII));
        return socket;
    }

    private static long bytesUntilEnd(Socket socket) {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = socket.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
        } catch (IOException e) {
            return bytes; // reset: an end as well
        }
        return bytes;
    }
}
