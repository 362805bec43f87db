package io.lws.examples.ws.proxy;

import io.lws.cli.CommonOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;

/** One ws connection to a server elsewhere; what it sends goes to every client here. */
public final class MinimalWsProxy {
    private MinimalWsProxy() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-proxy", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-proxy", ProxyProtocol::new)
                .option(WsDeflate.defaults())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            WsClient.builder(vhost)
                    .uri(options.argument(0, "ws://localhost:7682/"))
                    .protocol("lws-minimal-proxy")
                    .subprotocol("") // none is asked for on the wire
                    .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                    .connect();
            options.serve(context, "ws");
        }
    }
}
