/** Example: minimal-ws-server. */
module io.lws.examples.ws.chat {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.chat.ChatPlugin;
}
