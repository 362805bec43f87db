/** Example: minimal-ws-client-rx. */
module io.lws.examples.ws.client.rx {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
