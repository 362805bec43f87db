package io.lws.examples.ws.client.spam.tx.rx;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;

/** So many ws clients at once; each sends numbered messages and looks for all of them to come back in order. */
public final class MinimalWsClientSpamTxRx {
    private MinimalWsClientSpamTxRx() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-spam-tx-rx", args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var protocol = new TxRxProtocol(options.count(), context::close);
            for (int i = 0; i < options.count(); i++) {
                WsClient.builder(vhost)
                        .uri(options.uri("ws"))
                        .protocol(protocol)
                        .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                        .connect();
            }
            context.run();
        }
    }
}
