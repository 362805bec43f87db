package io.lws.examples.raw.client;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.raw.RawClient;

/** Connects, sends the lines given on the command line, and prints what comes until the server ends. */
public final class MinimalRawClient {
    private MinimalRawClient() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-raw-client", args);
        var vhost = Vhost.builder("client").build();
        var protocol = new PrintProtocol(String.join("\r\n", options.arguments()) + "\r\n");
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var unused = RawClient.to(options.server(), options.port())
                    .connect(context.nets().get(0), vhost, protocol)
                    .exceptionally(failure -> {
                        System.err.println("cannot connect: " + failure.getMessage());
                        context.close();
                        return null;
                    });
            context.run();
        }
    }
}
