/** Example: minimal-http-client. */
module io.lws.examples.http.client.minimal {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
