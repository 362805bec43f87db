/** Example: minimal-raw-serial. */
module io.lws.examples.raw.serial {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
