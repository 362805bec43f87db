/** Example: minimal-http-client-captive-portal. */
module io.lws.examples.http.client.portal {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
