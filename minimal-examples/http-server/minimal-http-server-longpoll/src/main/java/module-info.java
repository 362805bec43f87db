/** Example: minimal-http-server-longpoll. */
module io.lws.examples.http.longpoll {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.longpoll.LongPollPlugin;
}
