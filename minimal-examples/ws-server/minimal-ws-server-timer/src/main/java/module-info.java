/** Example: minimal-ws-server-timer. */
module io.lws.examples.ws.timer {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.timer.TimerPlugin;
}
