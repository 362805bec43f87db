/** Example: minimal-http-client-hugeurl. */
module io.lws.examples.http.client.hugeurl {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
