package io.lws.examples.http.eventlibsmp;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves files on several loops, each of which accepts for itself from a socket of its own (SO_REUSEPORT). */
public final class MinimalHttpServerEventlibSmp {
    private MinimalHttpServerEventlibSmp() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-eventlib-smp", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().acceptOnEveryLoop().vhost(vhost).build()) {
            System.out.println(context.loops().size() + " loops");
            options.serve(context, "http");
        }
    }
}
