package io.lws.examples.raw.wol;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.raw.RawAdoption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Wakes a machine on the local network by its MAC address. */
public final class MinimalRawWol {
    private MinimalRawWol() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-raw-wol", args);
        if (options.arguments().size() != 1) {
            System.err.println("minimal-raw-wol: wants a MAC address, such as 00:11:22:33:44:55");
            System.exit(2);
        }
        var magic = new MagicPacketProtocol(
                options.arguments().get(0), new InetSocketAddress(options.server(), options.port()));
        var vhost = Vhost.builder("wol").build();
        var channel = DatagramChannel.open().setOption(StandardSocketOptions.SO_BROADCAST, true);
        try (var context = options.context(Context.builder().vhost(vhost))) {
            context.loops().get(0).execute(() -> {
                try {
                    RawAdoption.adopt(context.nets().get(0), channel, vhost, magic);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            context.run();
        }
    }
}
