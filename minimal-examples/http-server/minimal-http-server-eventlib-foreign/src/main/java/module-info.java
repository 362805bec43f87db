/** Example: minimal-http-server-eventlib-foreign. */
module io.lws.examples.http.eventlibforeign {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
