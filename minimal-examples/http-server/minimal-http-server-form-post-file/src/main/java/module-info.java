/** Example: minimal-http-server-form-post-file. */
module io.lws.examples.http.formpostfile {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.plugins.post.PostDemoPlugin;
}
