/** Example: minimal-raw-adopt-udp. */
module io.lws.examples.raw.adoptudp {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;
}
