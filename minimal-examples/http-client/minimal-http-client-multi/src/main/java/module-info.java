/** Example: minimal-http-client-multi. */
module io.lws.examples.http.client.multi {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
