package io.lws.examples.http.ssering;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Sends all clients the same events. */
public final class MinimalHttpServerSseRing {
    private MinimalHttpServerSseRing() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-sse-ring", args);
        var vhost = options.vhost("localhost")
                .protocol("sse", SseRingProtocol::new)
                .mount(Mount.callback("/sse", "sse"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
