package io.lws.examples.ws.client.pmd.bulk;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import io.lws.ws.WsLimits;

/** ws client that sends one message of many MiB in fragments, has it echoed, and holds neither the one nor the other. */
public final class MinimalWsClientPmdBulk {
    private MinimalWsClientPmdBulk() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-pmd-bulk", args);
        var vhost = Vhost.builder("client")
                .option(WsDeflate.builder().level(6).build())
                .option(WsLimits.builder().maxMessageBytes(Long.MAX_VALUE).build())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws"))
                    .protocol(new BulkProtocol(options.count()))
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
    }
}
