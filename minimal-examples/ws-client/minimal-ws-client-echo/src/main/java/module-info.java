/** Example: minimal-ws-client-echo. */
module io.lws.examples.ws.client.echo {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
