/** Example: minimal-ws-server-threads-smp. */
module io.lws.examples.ws.threads.smp {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.threads.smp.SmpPlugin;
}
