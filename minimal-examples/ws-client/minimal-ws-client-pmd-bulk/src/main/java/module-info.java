/** Example: minimal-ws-client-pmd-bulk. */
module io.lws.examples.ws.client.pmd.bulk {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
