/** Example: minimal-http-server. */
module io.lws.examples.http.server {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
