/** Example: minimal-ws-server-echo. */
module io.lws.examples.ws.echo {
    requires io.lws.cli;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.echo.EchoPlugin;
}
