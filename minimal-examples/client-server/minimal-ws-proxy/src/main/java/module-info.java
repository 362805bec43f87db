/** Example: minimal-ws-proxy. */
module io.lws.examples.ws.proxy {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
