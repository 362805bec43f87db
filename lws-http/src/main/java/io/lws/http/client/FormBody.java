package io.lws.http.client;

import io.lws.http.client.RequestBody.Piece;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Forms as request content: fields as {@code application/x-www-form-urlencoded}, with files as {@code multipart/form-data}. */
public final class FormBody {
    private static final SecureRandom RANDOM = new SecureRandom();

    private FormBody() {}

    /** Name, value, name, value, ... as a browser encodes them (WHATWG URL 5.2). */
    public static RequestBody urlEncoded(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value: " + namesAndValues.length + " strings");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i++) {
            text.append(i == 0 ? "" : i % 2 == 0 ? "&" : "=");
            encode(namesAndValues[i], text);
        }
        return RequestBody.text("application/x-www-form-urlencoded", text.toString());
    }

    private static void encode(String text, StringBuilder out) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9';
            if (plain || octet > 0 && "*-._".indexOf(octet) >= 0) {
                out.append((char) octet);
            } else if (octet == ' ') {
                out.append('+');
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
    }

    public static Multipart multipart() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return new Multipart("lws-" + HexFormat.of().formatHex(random));
    }

    /** Collects parts (RFC 7578). Not thread-safe. */
    public static final class Multipart {
        private final String boundary;
        private final List<Piece> pieces = new ArrayList<>();

        private Multipart(String boundary) {
            this.boundary = boundary;
        }

        public Multipart field(String name, String value) {
            begin("name=\"" + escaped(name) + "\"", "");
            return add(Piece.of(utf8(value)));
        }

        /** A file's content, under its own name, read when it is sent. */
        public Multipart file(String name, String contentType, Path file) {
            begin(described(name, String.valueOf(file.getFileName())), contentType);
            return add(Piece.of(file));
        }

        /** Bytes in the place of a file; they are copied. */
        public Multipart bytes(String name, String fileName, String contentType, byte[] bytes) {
            begin(described(name, fileName), contentType);
            return add(Piece.of(bytes.clone()));
        }

        private static String described(String name, String fileName) {
            return "name=\"" + escaped(name) + "\"; filename=\"" + escaped(fileName) + "\"";
        }

        private void begin(String disposition, String contentType) {
            if (contentType.indexOf('\r') >= 0 || contentType.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("line end in a content type");
            }
            String type = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
            pieces.add(Piece.of(utf8(
                    "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n" + type + "\r\n")));
        }

        private Multipart add(Piece content) {
            pieces.add(content);
            pieces.add(Piece.of(utf8("\r\n")));
            return this;
        }

        public RequestBody build() {
            List<Piece> all = new ArrayList<>(pieces);
            all.add(Piece.of(utf8("--" + boundary + "--\r\n")));
            return RequestBody.of("multipart/form-data; boundary=" + boundary, all);
        }

        /** As browsers do (WHATWG HTML, multipart/form-data encoding). */
        private static String escaped(String name) {
            return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
