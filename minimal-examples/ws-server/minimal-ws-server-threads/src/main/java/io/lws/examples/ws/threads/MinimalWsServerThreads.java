package io.lws.examples.ws.threads;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Messages made by two threads, sent by the loop. */
public final class MinimalWsServerThreads {
    private MinimalWsServerThreads() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-threads", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-threads", ThreadsProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
