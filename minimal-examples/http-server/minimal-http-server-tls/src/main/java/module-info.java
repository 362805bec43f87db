/** Example: minimal-http-server-tls. */
module io.lws.examples.http.tls {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
