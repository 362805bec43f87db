package io.lws.http.form;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a part (RFC 7578 4.2).
 *
 * @param fileName null for a field
 */
record PartHeader(String name, @Nullable String fileName, String contentType) {
    private static final String TEXT = "text/plain";
    private static final String UNKNOWN = "application/octet-stream";

    /** Takes lines ended by CRLF apart. */
    static PartHeader parse(String text, int maxNameBytes) {
        Map<String, String> disposition = null;
        String contentType = null;
        for (String line : text.split("\r\n")) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                continue;
            }
            if (colon < 1 || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0 || line.indexOf('\0') >= 0) {
                throw FormEvents.malformed("the header of a part is malformed");
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> disposition = disposition(disposition, value);
                case "content-type" -> contentType = value;
                default -> {} // others mean nothing here (RFC 7578 4.8)
            }
        }
        String name = disposition == null ? null : disposition.get("name");
        if (disposition == null || name == null) {
            throw FormEvents.malformed("a part has no name");
        }
        if (name.length() > maxNameBytes) {
            throw FormEvents.tooLarge("a name is longer than " + maxNameBytes + " bytes");
        }
        String fileName = disposition.get("filename");
        String fallback = fileName == null ? TEXT : UNKNOWN;
        return new PartHeader(
                unescaped(name),
                fileName == null ? null : unescaped(fileName),
                contentType == null ? fallback : contentType);
    }

    private static Map<String, String> disposition(@Nullable Map<String, String> before, String value) {
        int semicolon = value.indexOf(';');
        String type = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
        if (before != null || !type.equalsIgnoreCase("form-data")) {
            throw FormEvents.malformed("a part is no form-data");
        }
        return semicolon < 0 ? Map.of() : FieldParameters.of(value.substring(semicolon));
    }

    /** What browsers cannot write between quotes, they write so. */
    private static String unescaped(String text) {
        return text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    }
}
