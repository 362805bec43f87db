/** Example: minimal-http-server-httpbin. */
module io.lws.examples.http.httpbin {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.httpbin.HttpbinPlugin;
}
