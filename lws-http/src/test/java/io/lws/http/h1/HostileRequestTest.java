package io.lws.http.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpLimits;
import io.lws.http.HttpMethod;
import io.lws.http.HttpProtocol;
import io.lws.http.HttpTransaction;
import io.lws.http.Mount;
import io.lws.testing.MemoryTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of those who mean harm, each with the outcomes the RFCs allow; see the table beside this class. Each row is run
 * whole, octet by octet and cut at random, without sockets and through a real server, and must come to the same each time;
 * after each the server is asked something honest.
 */
class HostileRequestTest {
    private static final String TABLE = "hostile-requests.txt";
    private static final String SENTINEL = "GET /alive HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}]*?)\\*(\\d+)}");
    /** How a connection that has become HTTP/2 begins. */
    private static final String H2_SETTINGS = "\0\0\36\4\0";

    private static final int HEAD_BYTES = 16 << 10;

    @TempDir
    static Path temp;

    private static Context context;
    private static Vhost served;

    /** One line of the table. */
    record Row(String name, List<String> legal, byte[] wire) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void serve() throws IOException {
        Path root = Files.createDirectory(temp.resolve("site"));
        Files.createDirectory(root.resolve("sub"));
        Files.createDirectory(temp.resolve("site-sibling"));
        Files.writeString(root.resolve("index.html"), "index");
        Files.writeString(root.resolve("digits.txt"), "0123456789");
        for (String canary : List.of("canary", "site-sibling/canary", "site/.hidden")) {
            Files.writeString(temp.resolve(canary), "CANARY");
        }
        Files.createSymbolicLink(root.resolve("link"), temp.resolve("canary"));
        Files.createSymbolicLink(root.resolve("linked"), temp);
        served = setUp(Vhost.builder("localhost").listen(InetAddress.getLoopbackAddress(), 0))
                .build();
        context = Context.builder().vhost(served).build().start();
    }

    @AfterAll
    static void end() {
        context.close();
    }

    private static Vhost.Builder setUp(Vhost.Builder vhost) {
        return vhost.option(HttpLimits.builder().bodyBytes(1000).build())
                .protocol("echo", (owner, options) -> new Echo())
                .mount(Mount.files("/", temp.resolve("site")))
                .mount(Mount.callback("/echo", "echo"))
                .mount(Mount.callback("/alive", "echo"));
    }

    /** Answers content when it has come, and GET below its other mount at once. */
    private static final class Echo implements HttpProtocol<StringBuilder> {
        @Override
        public StringBuilder newPss() {
            return new StringBuilder();
        }

        @Override
        public void onRequest(HttpTransaction<StringBuilder> http) {
            if (http.mount().mountpoint().equals("/alive")) {
                boolean get = http.request().method() == HttpMethod.GET;
                http.respond(get ? 200 : 405, "text/plain", "alive");
            }
        }

        @Override
        public void onBody(HttpTransaction<StringBuilder> http, ByteBuffer rx) {
            http.pss().append(StandardCharsets.ISO_8859_1.decode(rx));
        }

        @Override
        public void onBodyComplete(HttpTransaction<StringBuilder> http) {
            http.respond(200, "text/plain", "echo " + http.pss());
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in = HostileRequestTest.class.getResourceAsStream(TABLE)) {
            String table = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return table
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(HostileRequestTest::row)
                    .toList()
                    .stream();
        }
    }

    private static Row row(String line) {
        String[] cells = line.split(" \\| ", 3);
        if (cells.length != 3) {
            throw new IllegalArgumentException(line);
        }
        String chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String wire = cells[2];
        while (REPEATED.matcher(wire).find()) {
            Matcher innermost = REPEATED.matcher(wire);
            wire = innermost.replaceAll(
                    each -> Matcher.quoteReplacement(each.group(1).repeat(Integer.parseInt(each.group(2)))));
        }
        wire = wire.startsWith("@") ? chunked + wire.substring(1) : wire;
        wire = wire.replace("^", "POST /echo HTTP/1.1\r\nHost: x\r\n").replace("~", "GET / HTTP/1.1\r\nHost: x\r\n");
        return new Row(cells[1], List.of(cells[0].split(" ")), unescaped(wire));
    }

    private static byte[] unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            switch (kind) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> out.append(kind);
            }
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void holdsAHundredAndFiftyRows() throws IOException {
        assertTrue(rows().count() >= 150, rows().count() + " rows");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void comesToALegalOutcomeHoweverItIsCut(Row row) {
        try (HttpRig rig = new HttpRig(HostileRequestTest::setUp)) {
            List<String> outcomes = new ArrayList<>();
            for (int perRead : new int[] {Integer.MAX_VALUE, 1, 7, 64, 1021}) {
                MemoryTransport server = rig.open().deliverPerRead(perRead);
                server.peer().send(row.wire);
                server.peer().send(SENTINEL);
                server.peer().fin();
                rig.settle();
                outcomes.add(outcome(server.peer().receivedText()));
            }
            for (String outcome : outcomes) {
                assertTrue(row.legal.contains(outcome), outcome + ", legal: " + row.legal);
                assertEquals(outcomes.get(0), outcome);
            }
            assertEquals("alive", Answer.one(rig.exchange(SENTINEL)).body());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void comesToALegalOutcomeThroughARealServer(Row row) throws IOException {
        Random random = new Random(row.name.hashCode());
        int octetByOctet = row.wire.length < HEAD_BYTES / 4 ? 1 : 97;
        for (int piece : new int[] {row.wire.length, octetByOctet, -200}) {
            String outcome = outcome(throughSocket(row.wire, piece, random));
            assertTrue(row.legal.contains(outcome), outcome + ", legal: " + row.legal);
        }
        assertEquals("alive", Answer.one(throughSocket(new byte[0], 1, random)).body());
    }

    /** {@code piece} octets at a time; up to that many at random if negative. */
    private static String throughSocket(byte[] wire, int piece, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            try {
                OutputStream out = socket.getOutputStream();
                int at = 0;
                while (at < wire.length) {
                    int n = Math.min(wire.length - at, piece > 0 ? piece : 1 + random.nextInt(-piece));
                    out.write(wire, at, n);
                    at += n;
                }
                out.write(SENTINEL.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
            } catch (IOException e) {
                // the server has closed already; what it said is still to be read
                assertTrue(wire.length > 0, e.toString());
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String outcome(String wire) {
        assertFalse(wire.contains("CANARY"), wire);
        assertFalse(wire.contains("<script>"), wire);
        assertFalse(wire.contains("\r\nX: y"), wire);
        assertFalse(wire.contains("\r\nlocation: //") || wire.contains("\r\nLocation: //"), wire);
        int frames = wire.indexOf(H2_SETTINGS);
        List<Answer> answers = Answer.all(frames < 0 ? wire : wire.substring(0, frames));
        StringBuilder outcome = new StringBuilder();
        for (Answer answer : answers) {
            boolean alive = answer.status() == 200 && answer.body().equals("alive");
            outcome.append(outcome.length() == 0 ? "" : "+").append(alive ? "alive" : answer.status());
        }
        if (frames >= 0) {
            outcome.append(outcome.length() == 0 ? "" : "+").append("h2");
        }
        return outcome.toString();
    }
}
