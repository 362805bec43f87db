package io.lws.examples.raw.adopttcp;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.net.Adoption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Adopts a TCP connection that other code has made, asks it for a page and prints what comes. */
public final class MinimalRawAdoptTcp {
    private MinimalRawAdoptTcp() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-raw-adopt-tcp", args);
        var request = "GET / HTTP/1.0\r\nHost: " + options.server() + "\r\n\r\n";
        var vhost = Vhost.builder("localhost")
                .protocol("lws-raw-adopt-tcp", (owner, none) -> new PrintProtocol(request))
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var channel = SocketChannel.open(new InetSocketAddress(options.server(), options.port()));
            var unused = context.adopt(vhost, Adoption.socket(channel)); // the context owns and closes it from here on
            context.run();
        }
    }
}
