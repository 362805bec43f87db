package io.lws.examples.http.eventlibcustom;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;
import java.time.Duration;

/** An application with a poll loop of its own, in which the context has its place among other work. */
public final class MinimalHttpServerEventlibCustom {
    private MinimalHttpServerEventlibCustom() {}

    private static final long PATIENCE_NS = Duration.ofMillis(10).toNanos();

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-eventlib-custom", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.ready(context, "http");
            var loop = context.loops().get(0);
            long otherWork = 0;
            while (!context.isClosed()) {
                loop.serviceOnce(PATIENCE_NS); // waits at most that long, then it is our turn
                otherWork++;
            }
            System.out.println("other work was done " + otherWork + " times");
        }
    }
}
