/** Example: minimal-http-server-dynamic. */
module io.lws.examples.http.dynamic {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.dynamic.DynamicPlugin;
}
