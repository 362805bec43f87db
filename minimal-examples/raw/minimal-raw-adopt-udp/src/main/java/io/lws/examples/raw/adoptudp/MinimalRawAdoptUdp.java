package io.lws.examples.raw.adoptudp;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.raw.RawAdoption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/** Adopts a UDP socket and echoes every datagram to whoever sent it. Try {@code nc -u localhost 7681}. */
public final class MinimalRawAdoptUdp {
    private MinimalRawAdoptUdp() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-raw-adopt-udp", args);
        var vhost = Vhost.builder("localhost").build();
        var channel = DatagramChannel.open().bind(new InetSocketAddress(options.server(), options.port()));
        try (var context = options.context(Context.builder().vhost(vhost))) {
            context.loops().get(0).execute(() -> {
                try {
                    RawAdoption.adopt(context.nets().get(0), channel, vhost, new UdpEchoProtocol());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            System.out.println("ready udp://" + options.server() + ":" + options.port());
            context.run();
        }
    }
}
