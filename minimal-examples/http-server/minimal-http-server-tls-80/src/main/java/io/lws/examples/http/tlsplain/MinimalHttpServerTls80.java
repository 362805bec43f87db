package io.lws.examples.http.tlsplain;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.tls.PlainText;
import java.time.Duration;

/** Serves https on one port; sends plain http there, from that port itself and from the next one (80 beside 443). */
public final class MinimalHttpServerTls80 {
    private static final Duration STRICT_FOR = Duration.ofDays(365);

    private MinimalHttpServerTls80() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-tls-80", args);
        var tls = options.tls()
                .plainText(PlainText.REDIRECT)
                .strictTransport(STRICT_FOR)
                .build();
        var https = options.plainVhost("localhost", 0)
                .tls(tls)
                .protocol("hello", HelloProtocol::new)
                .build();
        var http = options.plainVhost("localhost-plain", 1)
                .mount(Mount.redirect("/", "https://localhost:" + options.port() + "/"))
                .build();
        try (var context = options.context().vhost(https).vhost(http).build()) {
            options.serve(context, "http");
        }
    }
}
