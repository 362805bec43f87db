package io.lws.examples.ws.client.ping;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;

/** ws client that measures how long the server takes to answer pings. */
public final class MinimalWsClientPing {
    private MinimalWsClientPing() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-ping", args);
        var vhost = Vhost.builder("client")
                .protocol("ping", (host, settings) -> new PingProtocol(host, options.count()))
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws"))
                    .protocol("ping")
                    .subprotocol("") // none is asked for on the wire
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
    }
}
