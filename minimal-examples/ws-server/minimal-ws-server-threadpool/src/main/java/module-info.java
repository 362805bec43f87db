/** Example: minimal-ws-server-threadpool. */
module io.lws.examples.ws.threadpool {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.threadpool.ThreadpoolPlugin;
}
