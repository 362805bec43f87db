package io.lws.examples.ws.client.rx;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;

/** ws client that receives so many messages, and says how many and how long they were. */
public final class MinimalWsClientRx {
    private MinimalWsClientRx() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-rx", args);
        var vhost = Vhost.builder("client").option(WsDeflate.defaults()).build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws"))
                    .protocol(new RxProtocol(options.count()))
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
    }
}
