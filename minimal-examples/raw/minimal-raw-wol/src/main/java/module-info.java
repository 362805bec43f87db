/** Example: minimal-raw-wol. */
module io.lws.examples.raw.wol {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
