/** Example: minimal-ws-client-binance. */
module io.lws.examples.ws.client.binance {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
