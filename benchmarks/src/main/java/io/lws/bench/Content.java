package io.lws.bench;

import io.lws.tls.DevelopmentCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The contents that travel: the same bytes in every run. */
final class Content {
    private static final int SEED = 7681;
    private static final int[] SIZES = {10 << 10, 1 << 20};

    private Content() {}

    static byte[] hello() {
        return "Hello, World!".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] bytes(int lengthBytes) {
        byte[] content = new byte[lengthBytes];
        new Random(SEED).nextBytes(content);
        return content;
    }

    /** Such as {@code 10k.bin}. */
    static String name(int lengthBytes) {
        return lengthBytes < 1 << 20 ? (lengthBytes >> 10) + "k.bin" : (lengthBytes >> 20) + "m.bin";
    }

    /** Writes the files that peers serve. */
    static Path writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int size : SIZES) {
            Path file = directory.resolve(name(size));
            if (!Files.exists(file)) {
                Files.write(file, bytes(size));
            }
        }
        return directory;
    }

    /** A certificate for localhost and its key in one file, made once. */
    static Path certificateIn(Path directory) throws IOException {
        Path file = directory.resolve("localhost.pem");
        if (!Files.exists(file)) {
            String pem = DevelopmentCertificate.make(DevelopmentCertificate.Kind.EC, "localhost")
                    .toPem();
            Files.writeString(file, pem);
        }
        return file;
    }
}
