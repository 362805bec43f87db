package io.lws.http.auth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passwords by user, from lines {@code user:password}; empty lines and those that begin with {@code #} are passed over.
 * A file is read again when it has changed, looked at once a second at most. A file that cannot be read lets nobody in.
 */
public final class Credentials {
    private static final long FRESH_NS = 1_000_000_000L;
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final @Nullable Path file;
    private Map<String, String> passwords;
    private String state = "";
    private long checkedNs;

    private Credentials(@Nullable Path file, Map<String, String> passwords) {
        this.file = file;
        this.passwords = passwords;
    }

    public static Credentials of(Map<String, String> passwordsByUser) {
        return new Credentials(null, Map.copyOf(passwordsByUser));
    }

    /** {@link IllegalArgumentException} when the file cannot be read now or holds a line without a colon. */
    public static Credentials file(Path file) {
        Credentials credentials = new Credentials(file, Map.of());
        try {
            credentials.read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("file of passwords " + file + " cannot be read", e);
        }
        credentials.checkedNs = System.nanoTime();
        return credentials;
    }

    /** The password of a user, or null. */
    synchronized @Nullable String password(String user) {
        Path source = file;
        if (source != null && System.nanoTime() - checkedNs >= FRESH_NS) {
            checkedNs = System.nanoTime();
            try {
                read(source);
            } catch (IOException | IllegalArgumentException e) {
                state = "";
                passwords = Map.of();
            }
        }
        return passwords.get(user);
    }

    private void read(Path source) throws IOException {
        BasicFileAttributes now = Files.readAttributes(source, BasicFileAttributes.class);
        String found = now.lastModifiedTime() + "/" + now.size() + "/" + now.fileKey();
        if (found.equals(state)) {
            return;
        }
        if (now.size() > MAX_FILE_BYTES) {
            throw new IOException("longer than " + MAX_FILE_BYTES + " bytes");
        }
        passwords = parse(Files.readString(source, StandardCharsets.UTF_8));
        state = found;
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> found = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a line of passwords without user:");
            }
            found.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return Map.copyOf(found);
    }
}
