package io.lws.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.ProtocolException;
import io.lws.testing.SplitFeeder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelloReaderTest {
    private static final String HEAD = "0303" + "11".repeat(32) + "00" + "00021301" + "0100";
    private static final String SNI_EXAMPLE = "0000" + "000e" + "000c" + "00" + "0009" + hex("a.Exa.org");
    private static final String ALPN_H2_H1 = "0010" + "000e" + "000c" + "02" + hex("h2") + "08" + hex("http/1.1");
    private static final String GREASE = "0a0a0000";

    private static String hex(String ascii) {
        return HexFormat.of().formatHex(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** A ClientHello with these extensions. */
    private static byte[] hello(String... extensions) {
        String all = String.join("", extensions);
        return message(1, HEAD + String.format("%04x", all.length() / 2) + all);
    }

    private static byte[] message(int type, String bodyHex) {
        byte[] body = HexFormat.of().parseHex(bodyHex);
        return ByteBuffer.allocate(4 + body.length)
                .putInt(type << 24 | body.length)
                .put(body)
                .array();
    }

    /** The message in records of at most {@code lengthBytes}. */
    private static byte[] records(byte[] message, int lengthBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += lengthBytes) {
            int n = Math.min(lengthBytes, message.length - at);
            out.writeBytes(new byte[] {22, 3, 1, (byte) (n >> 8), (byte) n});
            out.write(message, at, n);
        }
        return out.toByteArray();
    }

    private static final class Subject implements SplitFeeder.Subject {
        private final HelloReader reader;

        Subject(int maxBytes) {
            reader = new HelloReader(maxBytes);
        }

        @Override
        public void feed(ByteBuffer in, List<String> events) {
            if (events.contains("end")) {
                in.position(in.limit());
                return;
            }
            try {
                switch (reader.feed(in)) {
                    case COMPLETE -> {
                        ClientHello hello = reader.hello();
                        events.add(hello.serverName() + " " + hello.alpn() + " "
                                + reader.records().remaining());
                        events.add("end");
                    }
                    case NOT_TLS -> {
                        events.add("not TLS");
                        events.add("end");
                    }
                    default -> {}
                }
            } catch (ProtocolException e) {
                events.add("alert " + e.code());
                events.add("end");
                in.position(in.limit());
            }
        }
    }

    record Row(String name, byte[] wire, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> legal() {
        byte[] both = hello(GREASE, SNI_EXAMPLE, ALPN_H2_H1);
        return Stream.of(
                new Row("no extensions at all", records(message(1, HEAD), 16384), "null []"),
                new Row("no extension", records(hello(), 16384), "null []"),
                new Row("name, in lower case", records(hello(SNI_EXAMPLE), 16384), "a.exa.org []"),
                new Row("name and protocols", records(both, 16384), "a.exa.org [h2, http/1.1]"),
                new Row("records of one byte", records(both, 1), "a.exa.org [h2, http/1.1]"),
                new Row("records of three bytes", records(both, 3), "a.exa.org [h2, http/1.1]"),
                new Row("a dot at the end", records(hello("0000000700050000026f2e"), 16384), "o []"),
                new Row(
                        "an unknown kind of name",
                        records(hello("0000000a0008" + "070002abcd" + "000000".repeat(0)), 99),
                        "alert 50"),
                new Row(
                        "a session id",
                        records(message(1, HEAD.replace("1111" + "00" + "0002", "1111" + "0177" + "0002")), 9),
                        "null []"));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void readsHowever(Row row) {
        String size = row.expected.startsWith("alert") ? "" : " " + row.wire.length;
        SplitFeeder.assertEvents(() -> new Subject(65536), row.wire, List.of(row.expected + size, "end"));
    }

    static Stream<Row> illegal() {
        byte[] ok = records(hello(SNI_EXAMPLE), 16384);
        byte[] version2 = ok.clone();
        version2[1] = 2;
        byte[] alertInside = records(hello(SNI_EXAMPLE), 20);
        alertInside[25] = 21;
        return Stream.of(
                new Row("a ServerHello", records(message(2, HEAD), 16384), "alert 10"),
                new Row("an alert between its records", alertInside, "alert 10"),
                new Row("an empty record", HexFormat.of().parseHex("1603010000"), "alert 10"),
                new Row("a record above 2^14", HexFormat.of().parseHex("1603014001"), "alert 22"),
                new Row("a version that is no TLS", version2, "alert 70"),
                new Row("a message above the limit", HexFormat.of().parseHex("160301000401ffffff"), "alert 47"),
                new Row("cut in the random", records(message(1, "030311"), 16384), "alert 50"),
                new Row(
                        "a session id of 33",
                        records(message(1, HEAD.substring(0, 68) + "21" + "00".repeat(33)), 16384),
                        "alert 50"),
                new Row(
                        "no cipher suite",
                        records(message(1, "0303" + "11".repeat(32) + "0000000100"), 16384),
                        "alert 50"),
                new Row(
                        "no compression method",
                        records(message(1, "0303" + "11".repeat(32) + "000002130100"), 16384),
                        "alert 50"),
                new Row("bytes behind the extensions", records(message(1, HEAD + "000000"), 16384), "alert 50"),
                new Row("an extension longer than all", records(hello("0000ffff"), 16384), "alert 50"),
                new Row("an extension twice", records(hello(SNI_EXAMPLE, SNI_EXAMPLE), 16384), "alert 47"),
                new Row("two names", records(hello("0000000a0008" + "00000161" + "00000162"), 16384), "alert 47"),
                new Row("an empty name", records(hello("000000050003000000"), 16384), "alert 50"),
                new Row("a name that is only a dot", records(hello("0000000600040000012e"), 16384), "alert 47"),
                new Row("a name with a line break", records(hello("0000000700050000020a41"), 16384), "alert 47"),
                new Row("an empty protocol name", records(hello("001000040002" + "0000"), 16384), "alert 50"),
                new Row("no protocol in the list", records(hello("001000020000"), 16384), "alert 50"),
                new Row(
                        "bytes behind the protocols",
                        records(hello("001000060003" + "026832" + "00"), 16384),
                        "alert 50"),
                new Row("plain HTTP", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "not TLS"),
                new Row("an SSL 2 hello", HexFormat.of().parseHex("802e0100020015000000"), "not TLS"));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void refuses(Row row) {
        SplitFeeder.assertEvents(() -> new Subject(65536), row.wire, List.of(row.expected, "end"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 65536})
    void keepsNoMoreThanItsLimit(int limit) {
        byte[] padding = new byte[60_000];
        String extension =
                "0015" + String.format("%04x", padding.length) + HexFormat.of().formatHex(padding);
        Subject subject = new Subject(limit);
        List<String> events = new java.util.ArrayList<>();
        byte[] wire = records(hello(extension), 1);
        for (byte each : wire) {
            subject.feed(ByteBuffer.wrap(new byte[] {each}), events);
        }
        assertEquals("alert 47", events.get(0));
        assertTrue(subject.reader.records().remaining() <= limit);
    }

    @Test
    void leavesWhatFollowsTheHello() {
        byte[] wire = records(hello(SNI_EXAMPLE), 16384);
        ByteBuffer in =
                ByteBuffer.allocate(wire.length + 7).put(wire).put(new byte[7]).flip();
        HelloReader reader = new HelloReader(65536);
        assertEquals(HelloReader.Status.COMPLETE, reader.feed(in));
        assertEquals(7, in.remaining());
        assertEquals(ByteBuffer.wrap(wire), reader.records());
    }

    /** Whatever is done to a good hello, it is read or refused with an alert. */
    @Test
    void survivesMutations() {
        byte[] good = records(hello(GREASE, SNI_EXAMPLE, ALPN_H2_H1), 40);
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] wire = good.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                wire[random.nextInt(wire.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(wire, 1 + random.nextInt(wire.length));
            HelloReader reader = new HelloReader(4096);
            try {
                if (reader.feed(ByteBuffer.wrap(cut)) == HelloReader.Status.COMPLETE) {
                    reader.hello();
                }
            } catch (ProtocolException e) {
                assertTrue(e.code() >= 10 && e.code() <= 120, e.reason());
            }
        }
    }

    @Test
    void doesNotShowPeerBytesInItsErrors() {
        HelloReader reader = new HelloReader(4096);
        reader.feed(ByteBuffer.wrap(records(hello("0000000700050000020a41"), 16384)));
        ProtocolException e = assertThrows(ProtocolException.class, reader::hello);
        assertEquals("the server name is no host name", e.reason());
    }
}
