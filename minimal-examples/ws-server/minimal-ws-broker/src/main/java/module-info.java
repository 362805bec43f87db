/** Example: minimal-ws-broker. */
module io.lws.examples.ws.broker {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.broker.BrokerPlugin;
}
