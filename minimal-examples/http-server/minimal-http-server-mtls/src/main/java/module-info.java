/** Example: minimal-http-server-mtls. */
module io.lws.examples.http.mtls {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
