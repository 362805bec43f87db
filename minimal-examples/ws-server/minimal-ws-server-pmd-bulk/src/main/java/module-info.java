/** Example: minimal-ws-server-pmd-bulk. */
module io.lws.examples.ws.pmd.bulk {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.pmd.bulk.BulkPlugin;
}
