/** Example: minimal-http-server-sse-ring. */
module io.lws.examples.http.ssering {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.ssering.SseRingPlugin;
}
