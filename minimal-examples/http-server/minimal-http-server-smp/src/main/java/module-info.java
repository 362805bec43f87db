/** Example: minimal-http-server-smp. */
module io.lws.examples.http.smp {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.smp.LoopPlugin;
}
