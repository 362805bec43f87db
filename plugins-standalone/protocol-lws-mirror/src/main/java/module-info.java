/** Plugin: lws-mirror-protocol. */
module io.lws.plugins.mirror {
    requires io.lws.ws;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.plugins.mirror.MirrorPlugin;
}
