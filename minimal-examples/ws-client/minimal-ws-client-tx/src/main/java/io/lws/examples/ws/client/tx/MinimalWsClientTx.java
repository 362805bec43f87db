package io.lws.examples.ws.client.tx;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;

/** Two threads make messages; a ws client publishes them through minimal-ws-broker. */
public final class MinimalWsClientTx {
    private MinimalWsClientTx() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-tx", args);
        var vhost = Vhost.builder("client").build();
        var protocol = new TxProtocol(options.count());
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws", "/publisher"))
                    .protocol(protocol)
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            protocol.start();
            context.run();
        }
    }
}
