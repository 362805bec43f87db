package io.lws.http.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lws.ProtocolException;
import io.lws.testing.SplitFeeder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of both kinds, cut at every point. */
class FormReaderTest {
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=XyZ";
    private static final FormLimits SMALL = FormLimits.builder()
            .fields(3)
            .nameBytes(8)
            .fieldBytes(16)
            .fileBytes(40)
            .partHeaderBytes(100)
            .build();

    /** Writes down what a reader finds; content of a file as one line, however it came. */
    private static final class Subject implements SplitFeeder.Subject, FormHandler {
        private final String type;
        private final int totalBytes;
        private final FormLimits limits;
        private final StringBuilder content = new StringBuilder();
        private FormReader reader;
        private List<String> events = List.of();
        private int fedBytes;
        private boolean refused;

        Subject(String type, int totalBytes, FormLimits limits) {
            this.type = type;
            this.totalBytes = totalBytes;
            this.limits = limits;
            reader = FormReader.of(type, limits, this);
        }

        @Override
        public void feed(ByteBuffer in, List<String> into) {
            events = into;
            fedBytes += in.remaining();
            try {
                if (refused) {
                    in.position(in.limit());
                } else {
                    reader.feed(in);
                    if (fedBytes == totalBytes) {
                        reader.end();
                    }
                }
            } catch (ProtocolException e) {
                refused = true;
                in.position(in.limit());
                into.add("error " + e.code());
            }
            if (fedBytes == totalBytes) {
                fedBytes = 0;
                refused = false;
                reader = FormReader.of(type, limits, this);
            }
        }

        @Override
        public void onField(String name, String value) {
            events.add("field " + name + "=" + value);
        }

        @Override
        public void onFileStart(FormFile file) {
            content.setLength(0);
            events.add("file " + file.field() + " " + file.clientName() + " " + file.contentType());
        }

        @Override
        public void onFileContent(FormFile file, ByteBuffer rx) {
            content.append(StandardCharsets.ISO_8859_1.decode(rx));
        }

        @Override
        public void onFileEnd(FormFile file) {
            events.add("content " + content);
        }

        @Override
        public void onFormEnd() {
            events.add("end");
        }
    }

    private static void assertEvents(String type, FormLimits limits, String wire, String... expected) {
        byte[] octets = wire.getBytes(StandardCharsets.UTF_8);
        SplitFeeder.assertEventsTwice(() -> new Subject(type, octets.length, limits), octets, List.of(expected));
    }

    private static String part(String header, String content) {
        return "--XyZ\r\n" + header + "\r\n\r\n" + content + "\r\n";
    }

    private static String field(String name, String content) {
        return part("Content-Disposition: form-data; name=\"" + name + "\"", content);
    }

    @Test
    void readsUrlEncodedPairs() {
        assertEvents(
                URLENCODED + "; charset=utf-8",
                FormLimits.DEFAULT,
                "a=1&b=x+y%20z&&c&=d&e==f&%C3%A9=%e2%82%ac&bad=%zz%4",
                "field a=1",
                "field b=x y z",
                "field c=",
                "field =d",
                "field e==f",
                "field \u00e9=\u20ac",
                "field bad=%zz%4",
                "end");
    }

    @Test
    void readsMultipartFieldsAndFiles() {
        assertEvents(
                MULTIPART,
                FormLimits.DEFAULT,
                "preamble\r\n"
                        + field("a", "1")
                        + part(
                                "content-disposition: form-data; filename=\"C:\\\\x\\\"y.txt\"; name=f\r\n"
                                        + "Content-Type: text/x",
                                "line\r\n--XyNot\r\n-- and \r\r\n--Xy\r\n")
                        + part("Content-Disposition: form-data; name=\"e\"; filename=\"\"", "")
                        + field("empty", "")
                        + field("%22q%22", "\u20ac")
                        + "--XyZ--\r\nepilogue",
                "field a=1",
                "file f C:\\x\"y.txt text/x",
                "content line\r\n--XyNot\r\n-- and \r\r\n--Xy\r\n",
                "file e  application/octet-stream",
                "content ",
                "field empty=",
                "field \"q\"=\u20ac",
                "end");
    }

    @Test
    void takesPaddingBehindABoundaryAndAFormOfNothing() {
        assertEvents(MULTIPART, FormLimits.DEFAULT, "--XyZ--", "end");
        assertEvents(
                "Multipart/Form-Data; Boundary=\"XyZ\"",
                FormLimits.DEFAULT,
                field("a", "b").replace("--XyZ\r", "--XyZ \t\r") + "--XyZ--",
                "field a=b",
                "end");
    }

    @Test
    void keepsContentThatLooksLikeADelimiter() {
        StringBuilder content = new StringBuilder();
        String[] pieces = {"\r", "\n", "-", "--", "X", "y", "Z", "\r\n", "\r\n--", "\r\n--Xy", "--XyZ", "a"};
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            content.append(pieces[random.nextInt(pieces.length)]);
        }
        String text = content.toString().replace("\r\n--XyZ", "\r\n--Xy_");
        assertEvents(
                MULTIPART,
                FormLimits.DEFAULT,
                part("Content-Disposition: form-data; name=f; filename=f", text) + "--XyZ--\r\n",
                "file f f application/octet-stream",
                "content " + text,
                "end");
    }

    @Test
    void refusesWhatIsMalformed() {
        String[] wires = {
            "",
            "--XyZ",
            "--XyZ\r\n",
            "--XyZ-",
            "--XyZ-x",
            "--XyZx\r\n",
            "--XyZ\rx",
            "--XyZ" + " ".repeat(65) + "\r\n",
            "no boundary at all",
            "--XyZ\r\n\r\n",
            "--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nno colon\r\n\r\nx\r\n--XyZ--",
            "--XyZ\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\nx\r\n--XyZ--",
        };
        for (String wire : wires) {
            if (wire.isEmpty()) {
                FormReader reader = FormReader.of(MULTIPART, SMALL, new FormHandler() {});
                assertEquals(
                        400, assertThrows(ProtocolException.class, reader::end).code());
            } else {
                assertEvents(MULTIPART, FormLimits.DEFAULT, wire, "error 400");
            }
        }
    }

    @Test
    void refusesAFormCutShort() {
        assertEvents(MULTIPART, FormLimits.DEFAULT, field("a", "b") + "--XyZ-", "field a=b", "error 400");
        assertEvents(MULTIPART, FormLimits.DEFAULT, field("a", "b"), "error 400");
    }

    @Test
    void refusesMoreThanTheLimits() {
        assertEvents(URLENCODED, SMALL, "a=1&b=2&c=3&d=4", "field a=1", "field b=2", "field c=3", "error 413");
        assertEvents(URLENCODED, SMALL, "123456789=1", "error 413");
        assertEvents(URLENCODED, SMALL, "a=12345678901234567", "error 413");
        assertEvents(URLENCODED, SMALL, "a=" + "x".repeat(200), "error 413");
        assertEvents(URLENCODED, SMALL, "a=%31234567890123456", "field a=1234567890123456", "end");
        assertEvents(MULTIPART, SMALL, field("123456789", "1"), "error 413");
        assertEvents(MULTIPART, SMALL, field("a", "12345678901234567"), "error 413");
        assertEvents(MULTIPART, SMALL, part("X-Long: " + "y".repeat(100), ""), "error 413");
        assertEvents(
                MULTIPART,
                SMALL,
                part("Content-Disposition: form-data; name=f; filename=f", "x".repeat(41)) + "--XyZ--",
                "file f f application/octet-stream",
                "error 413");
        String four = field("a", "1").repeat(4) + "--XyZ--";
        assertEvents(MULTIPART, SMALL, four, "field a=1", "field a=1", "field a=1", "error 413");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none|415",
                "text/plain|415",
                "application/json|415",
                "multipart/mixed; boundary=a|415",
                "multipart/form-data|400",
                "multipart/form-data; boundary=|400",
                "multipart/form-data; boundary=\"a|400",
                "multipart/form-data; boundary=\"a \"|400",
                "multipart/form-data; boundary=\"a\u00e9\"|400",
                "multipart/form-data; boundary=a; boundary=b|400",
                "multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890|400",
            })
    void refusesTypesThatAreNoForm(String type, int status) {
        ProtocolException refused =
                assertThrows(ProtocolException.class, () -> FormReader.of(type, SMALL, new FormHandler() {}));
        assertEquals(status, refused.code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt|a.txt",
                "/etc/passwd|passwd",
                "..\\..\\boot.ini|boot.ini",
                "..|unnamed",
                ".|unnamed",
                "''|unnamed",
                ".htaccess|htaccess",
                "a/|unnamed",
                "x<y>\"z'.html|x_y__z_.html",
                "\u00e9t\u00e9 1.jpg|\u00e9t\u00e9 1.jpg",
            })
    void makesFileNamesHarmless(String sent, String safe) {
        assertEquals(safe, new FormFile("f", sent, "x/y").safeName(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 31, 127})
    void makesControlCharactersHarmlessToo(int c) {
        assertEquals("a_b", new FormFile("f", "a" + (char) c + "b", "x/y").safeName());
    }

    @Test
    void makesFileNamesShort() {
        assertEquals("n".repeat(116) + ".txt", safe("n".repeat(500) + ".txt"));
        assertEquals("n".repeat(119), safe("..." + ".".repeat(500) + "n".repeat(119)));
        // three bytes each, and four bytes to two chars
        assertEquals("\u6f22".repeat(80), safe("\u6f22".repeat(500)));
        assertEquals("a" + "\ud840\udc00".repeat(59) + "b", safe("\ud840\udc00a" + "\ud840\udc00".repeat(59) + "b"));
        assertEquals("\ud840\udc00".repeat(59) + "b", safe("\ud840\udc00".repeat(500) + "b"));
    }

    /** As in the locale POSIX, where the JDK could not make such a file. */
    @Test
    void makesFileNamesOfWhatTheSystemHas() {
        assertEquals("_t_ 1.jpg", new FormFile("f", "\u00e9t\u00e9 1.jpg", "x/y").safeName(StandardCharsets.US_ASCII));
    }

    private static String safe(String sent) {
        return new FormFile("f", sent, "x/y").safeName(StandardCharsets.UTF_8);
    }
}
