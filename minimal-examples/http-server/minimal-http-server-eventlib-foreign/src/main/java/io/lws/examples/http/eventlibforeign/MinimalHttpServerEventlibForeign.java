package io.lws.examples.http.eventlibforeign;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.loop.ForeignLoop;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves on the thread of another framework, here a scheduled executor that has timers of its own. */
public final class MinimalHttpServerEventlibForeign {
    private MinimalHttpServerEventlibForeign() {}

    public static void main(String[] args) throws InterruptedException {
        var options = CommonOptions.parse("minimal-http-server-eventlib-foreign", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        var framework = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "framework"));
        var heartbeat = framework.scheduleAtFixedRate(() -> System.out.println("heartbeat"), 1, 5, TimeUnit.SECONDS);
        try (var context = options.context().vhost(vhost).build()) {
            options.ready(context, "http");
            ForeignLoop.attach(context.loops().get(0), framework).awaitDetached();
        }
        // the framework is as it was found: its timer still runs, and it is ours to stop
        heartbeat.cancel(false);
        framework.shutdown();
    }
}
