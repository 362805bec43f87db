/** Example: minimal-raw-fallback-http-server. */
module io.lws.examples.raw.fallback {
    requires io.lws.cli;
    requires io.lws.http;
    requires io.lws.raw;
    requires static org.jspecify;
}
