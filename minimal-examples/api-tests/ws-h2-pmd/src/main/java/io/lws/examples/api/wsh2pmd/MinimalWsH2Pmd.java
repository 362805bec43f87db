package io.lws.examples.api.wsh2pmd;

import io.lws.Vhost;
import io.lws.cli.CommonOptions;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpVersions;
import io.lws.policy.RetryPolicy;
import io.lws.tls.TlsClientConfig;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;

/** Tests permessage-deflate over HTTP/2 between a client and a server of its own; the exit status says how it went. */
public final class MinimalWsH2Pmd {
    private MinimalWsH2Pmd() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("ws-h2-pmd", args);
        var server = options.vhost("localhost")
                .option(WsDeflate.defaults())
                .protocol("echo", EchoProtocol::new)
                .build();
        var client = Vhost.builder("client")
                .option(WsDeflate.defaults())
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED) // the server's own certificate, with -s
                        .build())
                .build();
        var asker = new AskerProtocol();
        try (var context = options.context().vhost(server).vhost(client).build()) {
            var http = HttpClient.builder(client).versions(HttpVersions.HTTP_2).build();
            WsClient.builder(client)
                    .uri((server.tls() == null ? "ws" : "wss") + "://localhost:" + server.port() + "/")
                    .over(http)
                    .protocol(asker)
                    .retry(RetryPolicy.NEVER)
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
        System.out.println(asker.passed() ? "PASS" : "FAIL");
        System.exit(asker.passed() ? 0 : 1);
    }
}
