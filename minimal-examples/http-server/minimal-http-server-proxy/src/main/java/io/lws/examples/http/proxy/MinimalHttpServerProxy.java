package io.lws.examples.http.proxy;

import io.lws.cli.CommonOptions;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import io.lws.tls.TlsClientConfig;

/** Passes everything on to an origin. */
public final class MinimalHttpServerProxy {
    private MinimalHttpServerProxy() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-proxy", args);
        var origin = options.argument(0, "http://localhost:7682");
        var vhost = options.vhost("localhost")
                .mount(Mount.proxy("/", origin))
                .option(HttpLimits.builder().bodyBytes(HttpLimits.UNLIMITED).build())
                .option(TlsClientConfig.builder()
                        .relax(TlsClientConfig.Relaxation.SELF_SIGNED)
                        .build())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
