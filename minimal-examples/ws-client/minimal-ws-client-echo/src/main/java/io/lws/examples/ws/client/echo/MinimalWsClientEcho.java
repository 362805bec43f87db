package io.lws.examples.ws.client.echo;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import io.lws.ws.WsLimits;

/** ws client that echoes what the server sends; given an agent's name, it goes through a fuzzing server's cases. */
public final class MinimalWsClientEcho {
    private MinimalWsClientEcho() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-ws-client-echo", args);
        var agent = options.arguments().isEmpty() ? "" : options.arguments().get(0);
        var vhost = Vhost.builder("client")
                .protocol("echo", EchoProtocol::new)
                .protocol("cases", (host, settings) -> new Cases(host, settings, options, agent))
                .option(WsDeflate.defaults())
                .option(WsLimits.builder()
                        .maxMessageBytes(32 << 20)
                        .maxFrameBytes(32 << 20)
                        .build())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            if (vhost.protocol("cases") instanceof Cases cases && !agent.isEmpty()) {
                cases.begin();
            } else {
                WsClient.builder(vhost)
                        .uri(options.uri("ws"))
                        .protocol("echo")
                        .subprotocol("") // none is asked for on the wire
                        .onStale(why -> System.out.println("cannot connect: " + why.reason()))
                        .onEnd(why -> context.close())
                        .connect();
            }
            context.run();
        }
    }
}
