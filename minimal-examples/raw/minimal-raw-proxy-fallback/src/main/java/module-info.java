/** Example: minimal-raw-proxy-fallback. */
module io.lws.examples.raw.proxyfallback {
    requires io.lws.cli;
    requires io.lws.http;
    requires io.lws.raw;
    requires static org.jspecify;
}
