/** Example: minimal-raw-client. */
module io.lws.examples.raw.client {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
