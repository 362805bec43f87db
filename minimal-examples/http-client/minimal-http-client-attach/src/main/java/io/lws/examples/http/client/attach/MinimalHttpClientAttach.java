package io.lws.examples.http.client.attach;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.HttpClient;

/** A thread of the application's uses a client whose loop runs elsewhere. */
public final class MinimalHttpClientAttach {
    private MinimalHttpClientAttach() {}

    public static void main(String[] args) throws InterruptedException {
        var options = ClientOptions.parse("minimal-http-client-attach", args);
        var vhost = Vhost.builder("client").build();
        try (var context = options.context(Context.builder().vhost(vhost)).start()) {
            var client = HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build();
            var worker = new Thread(new Worker(context.loops().get(0), client, options.uri("http")), "worker");
            worker.start();
            worker.join();
        }
    }
}
