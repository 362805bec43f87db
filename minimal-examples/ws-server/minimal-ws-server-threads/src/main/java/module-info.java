/** Example: minimal-ws-server-threads. */
module io.lws.examples.ws.threads {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.threads.ThreadsPlugin;
}
