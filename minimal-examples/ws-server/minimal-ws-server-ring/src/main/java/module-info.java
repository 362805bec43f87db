/** Example: minimal-ws-server-ring. */
module io.lws.examples.ws.ring {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.ring.RingPlugin;
}
