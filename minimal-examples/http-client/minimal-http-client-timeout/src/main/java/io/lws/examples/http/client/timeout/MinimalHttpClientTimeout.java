package io.lws.examples.http.client.timeout;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.ClientOptions;
import io.lws.http.client.HttpClient;
import io.lws.http.client.HttpTimeouts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** http client whose time is limited, and a port behind which nobody answers. */
public final class MinimalHttpClientTimeout {
    private MinimalHttpClientTimeout() {}

    public static void main(String[] args) throws IOException {
        var options = ClientOptions.parse("minimal-http-client-timeout", args);
        var vhost = Vhost.builder("client").build();
        var timeouts = HttpTimeouts.builder().headers(Duration.ofSeconds(1)).build();
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var context = options.context(Context.builder().vhost(vhost)).start()) {
            var client = HttpClient.builder(vhost).timeouts(timeouts).build();
            System.out.println(client.get("http://localhost:" + silent.getLocalPort() + "/")
                    .handle(Verdict::of)
                    .join());
        }
    }
}
