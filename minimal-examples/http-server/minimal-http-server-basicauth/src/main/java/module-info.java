/** Example: minimal-http-server-basicauth. */
module io.lws.examples.http.basicauth {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
