package io.lws.bench.peers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a peer is told: its port and files by the environment, its number of loops by {@code --threads N}. */
final class Told {
    static final String HOST = "127.0.0.1";
    static final int BACKLOG = 4096;
    static final int MAX_MESSAGE_BYTES = 1 << 20;

    private Told() {}

    static int port() {
        return Integer.parseInt(required("PORT"));
    }

    static int tlsPort() {
        return Integer.parseInt(required("TPORT"));
    }

    /** Certificate and key. */
    static Path pem() {
        return Path.of(required("CERT"));
    }

    static Path files() {
        return Path.of(required("DIR"));
    }

    static byte[] hello() {
        return "Hello, World!".getBytes(StandardCharsets.US_ASCII);
    }

    static int threads(String... args) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--threads")) {
                return Integer.parseInt(args[i + 1]);
            }
        }
        return 1;
    }

    private static String required(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the environment variable " + name + " is not set");
        }
        return value;
    }
}
