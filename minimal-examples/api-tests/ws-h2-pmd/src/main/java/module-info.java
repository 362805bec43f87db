/** Example: ws-h2-pmd. */
module io.lws.examples.api.wsh2pmd {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;
}
