/** Example: minimal-raw-adopt-tcp. */
module io.lws.examples.raw.adopttcp {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
