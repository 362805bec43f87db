/** Example: minimal-http-client-timeout. */
module io.lws.examples.http.client.timeout {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
