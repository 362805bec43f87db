/** Example: minimal-http-server-multivhost. */
module io.lws.examples.http.multivhost {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
