/** Example: minimal-http-server-form-post. */
module io.lws.examples.http.formpost {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.formpost.FormPostPlugin;
}
