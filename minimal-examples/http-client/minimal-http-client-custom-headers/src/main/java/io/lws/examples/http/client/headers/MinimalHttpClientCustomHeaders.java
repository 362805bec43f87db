package io.lws.examples.http.client.headers;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.HttpMethod;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;

/** http client with fields of its own in the request. */
public final class MinimalHttpClientCustomHeaders {
    private MinimalHttpClientCustomHeaders() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-custom-headers", args);
        var vhost = Vhost.builder("client").build();
        var request = ClientRequest.builder(HttpMethod.GET, options.uri("http"))
                .header("DNT", "1")
                .header("X-My-Header", "hello")
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build()
                    .exchange(request, new HeadersProtocol(context));
            context.run();
        }
    }
}
