/** Example: minimal-ws-server-pmd. */
module io.lws.examples.ws.pmd {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.pmd.PmdChatPlugin;
}
