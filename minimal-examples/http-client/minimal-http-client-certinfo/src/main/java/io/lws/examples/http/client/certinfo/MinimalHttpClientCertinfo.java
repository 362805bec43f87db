package io.lws.examples.http.client.certinfo;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.ClientRequest;
import io.lws.http.client.HttpClient;
import io.lws.tls.TlsClientConfig;
import io.lws.tls.TlsClientConfig.Relaxation;

/** Looks at certificates, so it takes any; a client that sends something takes none that is not trusted. */
public final class MinimalHttpClientCertinfo {
    private MinimalHttpClientCertinfo() {}

    public static void main(String[] args) {
        var options = ClientOptions.parse("minimal-http-client-certinfo", args);
        var vhost = Vhost.builder("client")
                .option(TlsClientConfig.builder()
                        .relax(Relaxation.SELF_SIGNED)
                        .relax(Relaxation.HOST_NAME)
                        .relax(Relaxation.EXPIRED)
                        .build())
                .build();
        try (var context = options.context(Context.builder().vhost(vhost))) {
            var client = HttpClient.builder(vhost).build();
            client.exchange(ClientRequest.get(options.uri("https")), new CertinfoProtocol(context));
            context.run();
        }
    }
}
