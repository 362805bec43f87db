/** Example: ws-h2-txcredit. */
module io.lws.examples.api.wsh2txcredit {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
