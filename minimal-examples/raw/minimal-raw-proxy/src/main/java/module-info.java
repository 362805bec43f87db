/** Example: minimal-raw-proxy. */
module io.lws.examples.raw.proxy {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
