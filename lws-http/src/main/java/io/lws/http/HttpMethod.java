package io.lws.http;

import java.util.Map;

/**
 * A request method (RFC 9110 9). The well-known ones are constants and may be compared by identity; {@link #of} returns
 * the constant for a known name and a new value for any other, so extension methods work everywhere. Names are
 * case-sensitive.
 */
public final class HttpMethod {
    public static final HttpMethod GET = new HttpMethod("GET");
    public static final HttpMethod HEAD = new HttpMethod("HEAD");
    public static final HttpMethod POST = new HttpMethod("POST");
    public static final HttpMethod PUT = new HttpMethod("PUT");
    public static final HttpMethod DELETE = new HttpMethod("DELETE");
    public static final HttpMethod CONNECT = new HttpMethod("CONNECT");
    public static final HttpMethod OPTIONS = new HttpMethod("OPTIONS");
    public static final HttpMethod TRACE = new HttpMethod("TRACE");
    public static final HttpMethod PATCH = new HttpMethod("PATCH");

    private static final Map<String, HttpMethod> KNOWN = Map.of(
            "GET", GET, "HEAD", HEAD, "POST", POST, "PUT", PUT, "DELETE", DELETE, "CONNECT", CONNECT, "OPTIONS",
            OPTIONS, "TRACE", TRACE, "PATCH", PATCH);

    private final String name;

    private HttpMethod(String name) {
        this.name = name;
    }

    /** The method of that name; {@link IllegalArgumentException} when it is not a token. */
    public static HttpMethod of(String name) {
        HttpMethod known = KNOWN.get(name);
        return known != null ? known : new HttpMethod(Tokens.requireToken(name, "method"));
    }

    public String name() {
        return name;
    }

    /** Whether asking changes nothing (RFC 9110 9.2.1). Unknown methods are not safe. */
    public boolean isSafe() {
        return this == GET || this == HEAD || this == OPTIONS || this == TRACE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpMethod method && method.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
