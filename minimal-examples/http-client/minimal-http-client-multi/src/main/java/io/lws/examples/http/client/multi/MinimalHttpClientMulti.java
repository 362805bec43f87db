package io.lws.examples.http.client.multi;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpClientLimits;

/** http client with more requests than connections. */
public final class MinimalHttpClientMulti {
    private MinimalHttpClientMulti() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-multi", args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var client = HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .limits(HttpClientLimits.builder().connectionsPerOrigin(4).build())
                    .build();
            var tally = new TallyProtocol(context, options.count());
            for (int i = 0; i < options.count(); i++) {
                client.exchange(ClientRequest.get(options.uri("http")), tally);
            }
            context.run();
        }
    }
}
