package io.lws.http.coding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Accept-Encoding (RFC 9110 12.5.3). */
public final class AcceptEncoding {
    private static final int NOT_NAMED = -1;

    private AcceptEncoding() {}

    /** The coding of {@code offered} the client likes best, the first of equals; null for none. */
    public static @Nullable ContentCoding choose(@Nullable String field, List<ContentCoding> offered) {
        if (field == null) {
            return null;
        }
        ContentCoding best = null;
        int bestWeight = Math.max(0, weightOf(field, "identity"));
        int others = weightOf(field, "*");
        for (ContentCoding coding : offered) {
            int named = weightOf(field, coding.token());
            int alias = named == NOT_NAMED && coding == ContentCoding.GZIP ? weightOf(field, "x-gzip") : named;
            int weight = alias == NOT_NAMED ? others : alias;
            if (weight > bestWeight || weight == bestWeight && best == null && weight > 0) {
                best = coding;
                bestWeight = weight;
            }
        }
        return best;
    }

    /** In thousandths, or {@link #NOT_NAMED}; a malformed weight is 0. */
    private static int weightOf(String field, String coding) {
        int at = 0;
        while (at < field.length()) {
            int comma = field.indexOf(',', at);
            int end = comma < 0 ? field.length() : comma;
            int semicolon = field.substring(at, end).indexOf(';'); // to look further would be square in a long list
            int nameEnd = semicolon < 0 ? end : at + semicolon;
            if (field.substring(at, nameEnd).strip().equalsIgnoreCase(coding)) {
                return nameEnd == end
                        ? 1000
                        : thousandths(field.substring(nameEnd + 1, end).strip());
            }
            at = end + 1;
        }
        return NOT_NAMED;
    }

    private static int thousandths(String parameter) {
        String text = parameter.startsWith("q=") || parameter.startsWith("Q=")
                ? parameter.substring(2).strip()
                : "";
        if (!text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
            return 0;
        }
        return (int) Math.round(Double.parseDouble(text) * 1000);
    }
}
