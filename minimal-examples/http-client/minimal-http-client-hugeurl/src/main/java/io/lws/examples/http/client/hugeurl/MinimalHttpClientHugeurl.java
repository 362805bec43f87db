package io.lws.examples.http.client.hugeurl;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.HttpClient;

/** http client whose URL is longer than most servers take. */
public final class MinimalHttpClientHugeurl {
    private MinimalHttpClientHugeurl() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-hugeurl", args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost)).start()) {
            var client = HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build();
            for (int octets : new int[] {4000, 8000, 9000}) {
                System.out.println(client.get(options.uri("http", HugeUrl.path(octets)))
                        .thenApply(response -> octets + " octets: " + response.status())
                        .exceptionally(failure -> octets + " octets: " + failure.getMessage())
                        .join());
            }
        }
    }
}
