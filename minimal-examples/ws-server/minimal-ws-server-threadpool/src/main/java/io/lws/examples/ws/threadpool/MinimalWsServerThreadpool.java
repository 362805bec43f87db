package io.lws.examples.ws.threadpool;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Three workers for all sessions, and room for four tasks that wait. */
public final class MinimalWsServerThreadpool {
    private MinimalWsServerThreadpool() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-threadpool", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-threadpool", ThreadpoolProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
