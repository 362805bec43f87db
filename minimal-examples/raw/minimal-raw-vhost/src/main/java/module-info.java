/** Example: a raw vhost. */
module io.lws.examples.raw.vhost {
    requires io.lws.cli;
    requires io.lws.raw;
    requires static org.jspecify;

    provides io.lws.spi.ProtocolProvider with
            io.lws.examples.raw.vhost.RawChatPlugin;
}
