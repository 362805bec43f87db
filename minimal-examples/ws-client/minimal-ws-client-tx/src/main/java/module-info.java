/** Example: minimal-ws-client-tx. */
module io.lws.examples.ws.client.tx {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
