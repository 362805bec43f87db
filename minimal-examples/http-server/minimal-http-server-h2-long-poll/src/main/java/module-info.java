/** Example: minimal-http-server-h2-long-poll. */
module io.lws.examples.http.h2longpoll {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.h2longpoll.H2LongPollPlugin;
}
