/** Example: minimal-http-server-custom-headers. */
module io.lws.examples.http.customheaders {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.customheaders.CustomHeadersPlugin;
}
