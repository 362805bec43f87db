package io.lws.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Which media type a file name stands for: by its extension, in any case. Immutable; {@link #with} makes a new table.
 */
public final class MimeTypes {
    /** For names that say nothing. Browsers save it instead of showing it, which is the safe reading. */
    public static final String UNKNOWN = "application/octet-stream";

    /** The built-in table. */
    public static final MimeTypes STANDARD = new MimeTypes(load());

    private final Map<String, String> byExtension;

    private MimeTypes(Map<String, String> byExtension) {
        this.byExtension = byExtension;
    }

    /**
     * This table with one type more, or another one. The extension with or without its dot; {@code "*"} for all
     * others.
     */
    public MimeTypes with(String extension, String type) {
        String key = (extension.startsWith(".") ? extension.substring(1) : extension).toLowerCase(Locale.ROOT);
        if (key.isEmpty() || type.indexOf('/') < 1) {
            throw new IllegalArgumentException("not an extension and a media type: " + extension + ", " + type);
        }
        Map<String, String> more = new HashMap<>(byExtension);
        more.put(key, Tokens.requireFieldValue(type, "content-type"));
        return new MimeTypes(Map.copyOf(more));
    }

    /** The media type for a file name or path. */
    public String ofFileName(String name) {
        int dot = name.lastIndexOf('.');
        String fallback = byExtension.getOrDefault("*", UNKNOWN);
        if (dot < 0 || name.indexOf('/', dot) >= 0) {
            return fallback;
        }
        return byExtension.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), fallback);
    }

    private static Map<String, String> load() {
        Map<String, String> table = new HashMap<>();
        try (InputStream in = MimeTypes.class.getResourceAsStream("mime.types")) {
            if (in == null) {
                throw new IllegalStateException("mime.types is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            StringTokenizer lines = new StringTokenizer(text, "\n");
            while (lines.hasMoreTokens()) {
                addLine(table, lines.nextToken());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(table);
    }

    private static void addLine(Map<String, String> table, String line) {
        if (line.startsWith("#")) {
            return;
        }
        StringTokenizer words = new StringTokenizer(line, " ");
        String type = words.nextToken();
        while (words.hasMoreTokens()) {
            table.put(words.nextToken(), type);
        }
    }
}
