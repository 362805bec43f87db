package io.lws.http;

/** The protocol version a message was sent with. */
public enum HttpVersion {
    /** One request per connection unless {@code Connection: keep-alive}; no chunked coding. */
    HTTP_1_0,
    HTTP_1_1,
    HTTP_2
}
