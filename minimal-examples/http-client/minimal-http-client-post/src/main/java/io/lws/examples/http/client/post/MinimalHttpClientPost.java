package io.lws.examples.http.client.post;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.FormBody;
import io.lws.http.client.HttpClient;
import java.nio.file.Path;

/** http client that posts multipart/form-data. */
public final class MinimalHttpClientPost {
    private MinimalHttpClientPost() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-post", args);
        var vhost = Vhost.builder("client").build();
        var form = FormBody.multipart().field("text", "my text field");
        for (String file : options.arguments()) {
            form.file("file", "application/octet-stream", Path.of(file));
        }
        try (var context = options.context(Context.builder().vhost(vhost))) {
            HttpClient.builder(vhost)
                    .priorKnowledge(options.h2PriorKnowledge())
                    .build()
                    .exchange(ClientRequest.post(options.uri("http"), form.build()), new AnswerProtocol(context));
            context.run();
        }
    }
}
