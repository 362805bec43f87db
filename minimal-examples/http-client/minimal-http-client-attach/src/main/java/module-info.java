/** Example: minimal-http-client-attach. */
module io.lws.examples.http.client.attach {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
