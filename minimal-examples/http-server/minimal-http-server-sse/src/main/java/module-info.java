/** Example: minimal-http-server-sse. */
module io.lws.examples.http.sse {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.sse.SsePlugin;
}
