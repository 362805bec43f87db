/** Example: minimal-ws-raw-proxy. */
module io.lws.examples.ws.raw.proxy {
    requires io.lws.cli;
    requires io.lws.raw;
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.ws.raw.proxy.RawProxyPlugin;
}
