package io.lws.examples.http.sse;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Sends each client events of its own. */
public final class MinimalHttpServerSse {
    private MinimalHttpServerSse() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-sse", args);
        var vhost = options.vhost("localhost")
                .protocol("sse", SseProtocol::new)
                .mount(Mount.callback("/sse", "sse"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
