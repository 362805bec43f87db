package io.lws.http.client;

import io.lws.http.Headers;
import io.lws.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response that came whole. Immutable but for {@code body}, which is the caller's.
 *
 * @param uri what was asked last, after redirects
 * @param body the content, decoded
 * @param trailers what stood behind the content
 */
public record ClientResponse(
        String uri,
        HttpVersion version,
        int status,
        Headers headers,
        byte[] body,
        Headers trailers,
        HttpTimings timings) {
    /** The first value of that field, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The content as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
