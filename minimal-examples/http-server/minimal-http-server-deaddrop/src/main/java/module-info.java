/** Example: minimal-http-server-deaddrop. */
module io.lws.examples.http.deaddrop {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.plugins.deaddrop.DeaddropPlugin;
}
