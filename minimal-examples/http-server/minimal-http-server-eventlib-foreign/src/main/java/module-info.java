/** Example: minimal-http-server-eventlib-foreign. */
module io.lws.examples.http.eventlibforeign {
    requires io.lws.cli;
    requires io.lws.http;
    requires io.netty.common;
    requires io.netty.transport;
    requires static org.jspecify;
}
