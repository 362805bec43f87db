/** Example: minimal-http-server-site. */
module io.lws.examples.http.site {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
