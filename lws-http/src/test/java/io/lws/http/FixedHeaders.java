package io.lws.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request headers from one line of text: {@code name: value; name: value}. */
final class FixedHeaders implements RequestHeaders {
    private final Headers headers;

    FixedHeaders(String text) {
        Headers.Builder builder = Headers.builder();
        for (String field : text.isEmpty() ? new String[0] : text.split("; ")) {
            int colon = field.indexOf(": ");
            builder.add(field.substring(0, colon), field.substring(colon + 2));
        }
        headers = builder.build();
    }

    private FixedHeaders(Headers headers) {
        this.headers = headers;
    }

    /** One field, which may hold anything. */
    static FixedHeaders of(String name, String value) {
        return new FixedHeaders(Headers.of(name, value));
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public List<String> headers(String name) {
        return headers.all(name);
    }

    @Override
    public int headerCount() {
        return headers.size();
    }

    @Override
    public String headerName(int index) {
        return headers.name(index);
    }

    @Override
    public String headerValue(int index) {
        return headers.value(index);
    }
}
