/** Example: TLS in the middle of a raw session. */
module io.lws.examples.raw.starttls {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
