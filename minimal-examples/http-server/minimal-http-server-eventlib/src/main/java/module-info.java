/** Example: minimal-http-server-eventlib. */
module io.lws.examples.http.eventlib {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
