/** Example: minimal-raw-netcat. */
module io.lws.examples.raw.netcat {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
