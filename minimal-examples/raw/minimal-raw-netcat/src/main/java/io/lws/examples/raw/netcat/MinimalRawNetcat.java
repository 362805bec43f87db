package io.lws.examples.raw.netcat;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.net.Adoption;
import io.lws.raw.RawAdoption;
import io.lws.raw.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Connects standard input and output with a TCP server, as nc does. */
public final class MinimalRawNetcat {
    private MinimalRawNetcat() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-raw-netcat", args);
        var vhost = Vhost.builder("netcat").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var cat = new CatProtocol();
            var net = context.nets().get(0);
            var unused = RawClient.to(options.server(), options.port())
                    .connect(net, vhost, cat)
                    .thenAccept(server -> {
                        try {
                            var terminal = RawAdoption.adopt(net, Adoption.standardStreams(), vhost, cat);
                            CatProtocol.join(terminal, server);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .exceptionally(failure -> {
                        System.err.println(failure.getMessage());
                        context.close();
                        return null;
                    });
            context.run();
        }
    }
}
