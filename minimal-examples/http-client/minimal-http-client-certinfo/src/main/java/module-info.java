/** Example: minimal-http-client-certinfo. */
module io.lws.examples.http.client.certinfo {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
