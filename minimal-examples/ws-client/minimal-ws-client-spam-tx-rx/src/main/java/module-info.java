/** Example: minimal-ws-client-spam-tx-rx. */
module io.lws.examples.ws.client.spam.tx.rx {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
