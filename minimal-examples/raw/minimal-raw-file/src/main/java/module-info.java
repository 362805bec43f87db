/** Example: minimal-raw-file. */
module io.lws.examples.raw.file {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
