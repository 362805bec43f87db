/** Example: minimal-ws-client. */
module io.lws.examples.ws.client.minimal {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
