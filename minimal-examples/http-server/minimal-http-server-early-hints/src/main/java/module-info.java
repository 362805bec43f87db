/** Example: minimal-http-server-early-hints. */
module io.lws.examples.http.earlyhints {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.earlyhints.EarlyHintsPlugin;
}
