package io.lws.http.wire;

import io.lws.http.Headers;
import io.lws.http.HttpMethod;

/**
 * The head of a request, whatever version will carry it.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and, where it is not the scheme's own, port
 * @param target path and query; the absolute form for a forwarding proxy
 * @param targetSecret whether neither the origin nor anybody behind it may keep the target in a table (RFC 7541 7.1.3)
 * @param headers all fields but those that frame the message or name its connection
 * @param bodyBytes length of the content, {@link #UNKNOWN_LENGTH} or {@link #NO_BODY}
 * @param upgrade what the connection shall be switched to, or empty
 * @param credit bytes of the response's content that may come before more is given, or {@link #AUTOMATIC}
 */
public record WireRequest(
        HttpMethod method,
        String scheme,
        String authority,
        String target,
        boolean targetSecret,
        Headers headers,
        long bodyBytes,
        String upgrade,
        int credit) {
    /** Content of a length that is not known beforehand. */
    public static final long UNKNOWN_LENGTH = -1;

    public static final long NO_BODY = -2;

    /** Credit is given back as content is read. */
    public static final int AUTOMATIC = -1;

    public boolean hasBody() {
        return bodyBytes != NO_BODY && bodyBytes != 0;
    }
}
