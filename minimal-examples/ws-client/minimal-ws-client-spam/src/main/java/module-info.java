/** Example: minimal-ws-client-spam. */
module io.lws.examples.ws.client.spam {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
