/** Example: minimal-http-server-proxy. */
module io.lws.examples.http.proxy {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
