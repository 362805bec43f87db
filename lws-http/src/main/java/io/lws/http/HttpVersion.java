package io.lws.http;

/** The protocol version a message was sent with; {@link #toString} gives the name on the wire. */
public enum HttpVersion {
    /** One request per connection unless {@code Connection: keep-alive}; no chunked coding. */
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1"),
    HTTP_2("HTTP/2");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
