package io.lws.examples.http.server;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves the files of a directory. */
public final class MinimalHttpServer {
    private MinimalHttpServer() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
