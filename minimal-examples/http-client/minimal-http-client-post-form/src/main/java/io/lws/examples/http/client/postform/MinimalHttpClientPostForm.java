package io.lws.examples.http.client.postform;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.FormBody;
import io.lws.http.client.HttpClient;

/** http client that posts application/x-www-form-urlencoded. */
public final class MinimalHttpClientPostForm {
    private MinimalHttpClientPostForm() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-post-form", args);
        var vhost = Vhost.builder("client").build();
        var fields = options.arguments().stream()
                .flatMap(pair -> FormFields.split(pair).stream())
                .toArray(String[]::new);
        try (var context = options.context(Context.builder().vhost(vhost)).start()) {
            System.out.println(HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build()
                    .send(ClientRequest.post(options.uri("http"), FormBody.urlEncoded(fields)))
                    .thenApply(response ->
                            response.status() + "\n" + response.text().strip())
                    .exceptionally(failure -> "failed: " + failure.getMessage())
                    .join());
        }
    }
}
