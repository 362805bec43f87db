package io.lws.examples.raw.fallback;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.raw.RawFallback;
import java.nio.file.Path;

/** Serves files over http; a connection whose first bytes are no HTTP is echoed instead. */
public final class MinimalRawFallbackHttpServer {
    private MinimalRawFallbackHttpServer() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-raw-fallback-http-server", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .protocol("lws-raw-echo", RawEchoProtocol::new)
                .option(RawFallback.protocol())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
