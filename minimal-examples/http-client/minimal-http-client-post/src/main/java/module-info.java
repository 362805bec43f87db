/** Example: minimal-http-client-post. */
module io.lws.examples.http.client.post {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
