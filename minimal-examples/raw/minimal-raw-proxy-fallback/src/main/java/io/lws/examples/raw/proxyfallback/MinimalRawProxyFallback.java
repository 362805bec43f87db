package io.lws.examples.raw.proxyfallback;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.raw.RawFallback;
import io.lws.raw.RawProxy;
import io.lws.tls.PlainText;
import java.nio.file.Path;

/** Serves https; what is neither TLS nor HTTP, such as ssh, is passed on to another server. */
public final class MinimalRawProxyFallback {
    private MinimalRawProxyFallback() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-raw-proxy-fallback", args);
        var onward = options.arguments().isEmpty()
                ? "ipv4:127.0.0.1:22"
                : options.arguments().get(0);
        var vhost = options.plainVhost("localhost", 0)
                .tls(options.tls().plainText(PlainText.ALLOW).build())
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .option(RawProxy.to(onward))
                .option(RawFallback.proxy())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
