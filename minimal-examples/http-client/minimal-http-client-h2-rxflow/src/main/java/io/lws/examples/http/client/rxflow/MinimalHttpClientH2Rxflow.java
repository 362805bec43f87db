package io.lws.examples.http.client.rxflow;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.HttpMethod;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpVersions;
import io.lws.tls.TlsClientConfig;
import java.util.List;

/** http client that lets the server send a step at a time. Arguments: {@code http} or {@code https}, bytes of a step. */
public final class MinimalHttpClientH2Rxflow {
    private MinimalHttpClientH2Rxflow() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-h2-rxflow", args);
        List<String> arguments = options.arguments();
        String scheme = arguments.isEmpty() ? "https" : arguments.get(0);
        int stepBytes = arguments.size() < 2 ? 1000 : Integer.parseInt(arguments.get(1));
        var vhost = Vhost.builder("client")
                .option(TlsClientConfig.builder()
                        .relax(
                                TlsClientConfig.Relaxation
                                        .SELF_SIGNED) // an example's server made its certificate itself
                        .build())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var client = HttpClient.builder(vhost)
                    .versions(HttpVersions.HTTP_2)
                    .creditByRequest()
                    .build();
            var request = ClientRequest.builder(HttpMethod.GET, options.uri(scheme))
                    .credit(stepBytes)
                    .build();
            client.exchange(request, new RxflowProtocol(context, stepBytes));
            context.run();
        }
    }
}
