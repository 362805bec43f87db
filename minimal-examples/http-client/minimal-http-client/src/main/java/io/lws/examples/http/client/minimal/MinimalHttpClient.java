package io.lws.examples.http.client.minimal;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;

/** http client that prints what it gets. */
public final class MinimalHttpClient {
    private MinimalHttpClient() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client", args);
        var vhost = Vhost.builder("client").build();
        var url = options.arguments().isEmpty()
                ? options.uri("http")
                : options.arguments().get(0);
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var client = HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build();
            client.exchange(ClientRequest.get(url), new PrintProtocol(context));
            context.run();
        }
    }
}
