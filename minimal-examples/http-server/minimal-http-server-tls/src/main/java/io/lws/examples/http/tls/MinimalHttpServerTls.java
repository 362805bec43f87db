package io.lws.examples.http.tls;

import io.lws.cli.CommonOptions;
import java.time.Duration;

/** Serves https. With {@code --cert} and {@code --key} the files are watched, and a renewed certificate is taken up. */
public final class MinimalHttpServerTls {
    private MinimalHttpServerTls() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-tls", args);
        var tls = options.tls().watchFiles(Duration.ofSeconds(10)).build();
        var vhost = options.plainVhost("localhost", 0)
                .tls(tls)
                .protocol("hello", HelloProtocol::new)
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
