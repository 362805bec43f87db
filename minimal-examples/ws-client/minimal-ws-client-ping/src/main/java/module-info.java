/** Example: minimal-ws-client-ping. */
module io.lws.examples.ws.client.ping {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
