package io.lws.examples.http.eventlib;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves files with whatever poller {@code --poller} names, and says which it is. */
public final class MinimalHttpServerEventlib {
    private MinimalHttpServerEventlib() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-eventlib", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            System.out.println("poller " + context.loops().get(0).poller().name());
            options.serve(context, "http");
        }
    }
}
