package io.lws.http.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormBodyTest {
    private static String text(RequestBody body) {
        return body.pieces().stream()
                .map(piece -> piece.file() == null
                        ? new String(piece.bytes(), StandardCharsets.UTF_8)
                        : "<" + piece.file().getFileName() + " " + piece.lengthBytes() + ">")
                .collect(Collectors.joining());
    }

    @Test
    void encodesAsABrowserDoes() {
        RequestBody body = FormBody.urlEncoded("a b", "1+1=2&", "\u00e4", "*-._~");
        assertEquals("a+b=1%2B1%3D2%26&%C3%A4=*-._%7E", text(body));
        assertEquals("application/x-www-form-urlencoded", body.contentType());
        assertThrows(IllegalArgumentException.class, () -> FormBody.urlEncoded("a"));
    }

    @Test
    void putsPartsBetweenBoundaries(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("f\".txt"), "12345");
        RequestBody body = FormBody.multipart()
                .field("a\"\r\n", "v")
                .file("f", "text/plain", file)
                .bytes("b", "n", "", new byte[] {'x'})
                .build();
        String boundary = body.contentType().substring("multipart/form-data; boundary=".length());
        assertEquals(
                ("--B\r\n"
                                + "Content-Disposition: form-data; name=\"a%22%0D%0A\"\r\n\r\n"
                                + "v\r\n"
                                + "--B\r\n"
                                + "Content-Disposition: form-data; name=\"f\"; filename=\"f%22.txt\"\r\n"
                                + "Content-Type: text/plain\r\n\r\n"
                                + "<f\".txt 5>\r\n"
                                + "--B\r\n"
                                + "Content-Disposition: form-data; name=\"b\"; filename=\"n\"\r\n\r\n"
                                + "x\r\n"
                                + "--B--\r\n")
                        .replace("B\r", boundary + "\r")
                        .replace("--B--", "--" + boundary + "--"),
                text(body));
        assertThrows(IllegalArgumentException.class, () -> FormBody.multipart().file("f", "a\r\nb", file));
    }
}
