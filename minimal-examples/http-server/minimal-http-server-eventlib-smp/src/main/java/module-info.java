/** Example: minimal-http-server-eventlib-smp. */
module io.lws.examples.http.eventlibsmp {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;
}
