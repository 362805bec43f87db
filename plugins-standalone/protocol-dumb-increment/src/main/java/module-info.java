/** Plugin: dumb-increment-protocol. */
module io.lws.plugins.increment {
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.plugins.increment.DumbIncrementPlugin;
}
