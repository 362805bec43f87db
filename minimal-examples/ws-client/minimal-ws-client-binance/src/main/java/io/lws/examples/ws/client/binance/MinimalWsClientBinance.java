package io.lws.examples.ws.client.binance;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import java.net.InetAddress;

/**
 * Statistics of a market feed, second by second. Given the argument {@code feed} it is the feed: invented trades in the form
 * an exchange sends them.
 */
public final class MinimalWsClientBinance {
    private MinimalWsClientBinance() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-binance", args);
        if (options.arguments().contains("feed")) {
            serve(options);
        } else {
            watch(options);
        }
    }

    private static void serve(ClientOptions options) {
        var vhost = Vhost.builder("feed")
                .listen(InetAddress.getLoopbackAddress(), options.port())
                .protocol("trades", FeedProtocol::new)
                .option(WsDeflate.builder()
                        .ownTakeover(WsDeflate.Takeover.NONE) // so that a trade is compressed once for all
                        .build())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            System.out.println("ready ws://localhost:" + vhost.port());
            context.run();
        }
    }

    private static void watch(ClientOptions options) {
        var vhost = Vhost.builder("client").option(WsDeflate.defaults()).build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            WsClient.builder(vhost)
                    .uri(options.uri("ws"))
                    .protocol(new WatchProtocol(options.count()))
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
    }
}
