/** Example: minimal-http-server-mounts. */
module io.lws.examples.http.mounts {
    requires io.lws.cli;
    requires io.lws.http;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.http.mounts.GreetPlugin;
}
