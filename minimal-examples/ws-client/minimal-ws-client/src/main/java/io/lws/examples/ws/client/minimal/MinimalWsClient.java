package io.lws.examples.ws.client.minimal;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;

/** ws client that prints what the server sends, and comes back whenever the connection is lost. */
public final class MinimalWsClient {
    private MinimalWsClient() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client", args);
        var vhost = Vhost.builder("client")
                .protocol("lws-minimal", PrintProtocol::new)
                .option(WsDeflate.defaults())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws"))
                    .protocol("lws-minimal")
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
    }
}
