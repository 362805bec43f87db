/** Example: minimal-http-server-form-get. */
module io.lws.examples.http.formget {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.formget.FormGetPlugin;
}
