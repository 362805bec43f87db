/** Example: minimal-http-client-post-form. */
module io.lws.examples.http.client.postform {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
