package io.lws.examples.http.client.portal;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.HttpMethod;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;

/** Asks for what is known to answer 204 with nothing; anything else means that somebody stands in between. */
public final class MinimalHttpClientCaptivePortal {
    private MinimalHttpClientCaptivePortal() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-captive-portal", args);
        var vhost = Vhost.builder("client").build();
        var probe = ClientRequest.builder(HttpMethod.GET, options.uri("http"))
                .maxRedirects(0)
                .build();
        try (var context = options.context(Context.builder().vhost(vhost)).start()) {
            System.out.println(HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build()
                    .send(probe)
                    .handle(PortalCheck::verdict)
                    .join());
        }
    }
}
