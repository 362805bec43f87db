package io.lws.http.hpack;

import java.util.HashMap;
import java.util.Map;

/** The fields both sides know from the start (RFC 7541 appendix A), by index from 1. */
final class StaticTable {
    static final int STATUS = 8;
    static final int CONTENT_LENGTH = 28;

    private static final String[] FIELDS = {
        ":authority",
        "",
        ":method",
        "GET",
        ":method",
        "POST",
        ":path",
        "/",
        ":path",
        "/index.html",
        ":scheme",
        "http",
        ":scheme",
        "https",
        ":status",
        "200",
        ":status",
        "204",
        ":status",
        "206",
        ":status",
        "304",
        ":status",
        "400",
        ":status",
        "404",
        ":status",
        "500",
        "accept-charset",
        "",
        "accept-encoding",
        "gzip, deflate",
        "accept-language",
        "",
        "accept-ranges",
        "",
        "accept",
        "",
        "access-control-allow-origin",
        "",
        "age",
        "",
        "allow",
        "",
        "authorization",
        "",
        "cache-control",
        "",
        "content-disposition",
        "",
        "content-encoding",
        "",
        "content-language",
        "",
        "content-length",
        "",
        "content-location",
        "",
        "content-range",
        "",
        "content-type",
        "",
        "cookie",
        "",
        "date",
        "",
        "etag",
        "",
        "expect",
        "",
        "expires",
        "",
        "from",
        "",
        "host",
        "",
        "if-match",
        "",
        "if-modified-since",
        "",
        "if-none-match",
        "",
        "if-range",
        "",
        "if-unmodified-since",
        "",
        "last-modified",
        "",
        "link",
        "",
        "location",
        "",
        "max-forwards",
        "",
        "proxy-authenticate",
        "",
        "proxy-authorization",
        "",
        "range",
        "",
        "referer",
        "",
        "refresh",
        "",
        "retry-after",
        "",
        "server",
        "",
        "set-cookie",
        "",
        "strict-transport-security",
        "",
        "transfer-encoding",
        "",
        "user-agent",
        "",
        "vary",
        "",
        "via",
        "",
        "www-authenticate",
        ""
    };

    static final int LAST = FIELDS.length / 2;

    private static final HeaderField[] BY_INDEX = new HeaderField[LAST + 1];
    private static final Map<String, Integer> FIRST_OF_NAME = new HashMap<>();

    static {
        for (int index = 1; index <= LAST; index++) {
            HeaderField field = new HeaderField(FIELDS[index * 2 - 2], FIELDS[index * 2 - 1]);
            BY_INDEX[index] = field;
            FIRST_OF_NAME.putIfAbsent(field.name(), index);
        }
    }

    private StaticTable() {}

    static HeaderField get(int index) {
        return BY_INDEX[index];
    }

    /** The index of that field, 0 where there is none. */
    static int indexOf(String name, String value) {
        for (int index = indexOfName(name); index > 0 && index <= LAST; index++) {
            HeaderField field = BY_INDEX[index];
            if (!field.name().equals(name)) {
                return 0;
            }
            if (field.value().equals(value)) {
                return index;
            }
        }
        return 0;
    }

    /** The index of the first field of that name, 0 where there is none. */
    static int indexOfName(String name) {
        Integer index = FIRST_OF_NAME.get(name);
        return index == null ? 0 : index;
    }
}
