/** Example: minimal-http-client-custom-headers. */
module io.lws.examples.http.client.headers {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
