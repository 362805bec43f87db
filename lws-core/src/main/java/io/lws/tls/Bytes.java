package io.lws.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Encoded keys or certificates, and the name that goes into an error about them. */
record Bytes(String name, byte[] content) {
    private static final int MAX_FILE_BYTES = 4 << 20;

    static Bytes of(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException(file + ": larger than any key or certificate file");
            }
            return new Bytes(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    static Bytes memory(byte[] content) {
        return new Bytes("memory", content);
    }

    boolean isPem() {
        return text().contains("-----BEGIN ");
    }

    String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    IllegalArgumentException bad(String what, @Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return new IllegalArgumentException(name + ": " + what + why, cause);
    }
}
