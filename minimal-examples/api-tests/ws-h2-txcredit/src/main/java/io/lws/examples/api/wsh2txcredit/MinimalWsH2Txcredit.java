package io.lws.examples.api.wsh2txcredit;

import io.lws.Vhost;
import io.lws.cli.CommonOptions;
import io.lws.http.H2Limits;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpVersions;
import io.lws.policy.RetryPolicy;
import io.lws.tls.TlsClientConfig;
import io.lws.ws.WsClient;

/** Tests that a WebSocket over HTTP/2 sends as far as the peer's window reaches; the exit status says how it went. */
public final class MinimalWsH2Txcredit {
    private static final int WINDOW_BYTES = 16 << 10;

    private MinimalWsH2Txcredit() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("ws-h2-txcredit", args);
        var server = options.vhost("localhost")
                .option(H2Limits.builder().streamWindowBytes(WINDOW_BYTES).build())
                .protocol("late", LateProtocol::new)
                .build();
        var client = Vhost.builder("client")
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED) // the server's own certificate, with -s
                        .build())
                .build();
        var flood = new FloodProtocol();
        try (var context = options.context().vhost(server).vhost(client).build()) {
            var http = HttpClient.builder(client).versions(HttpVersions.HTTP_2).build();
            WsClient.builder(client)
                    .uri((server.tls() == null ? "ws" : "wss") + "://localhost:" + server.port() + "/")
                    .over(http)
                    .protocol(flood)
                    .retry(RetryPolicy.NEVER)
                    .onEnd(why -> context.close())
                    .connect();
            context.run();
        }
        System.out.println(flood.passed() ? "PASS" : "FAIL");
        System.exit(flood.passed() ? 0 : 1);
    }
}
