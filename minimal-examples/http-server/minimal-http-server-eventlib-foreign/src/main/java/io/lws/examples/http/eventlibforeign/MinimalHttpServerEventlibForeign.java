package io.lws.examples.http.eventlibforeign;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.loop.ForeignLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Serves on the thread of another framework, which has timers of its own: a scheduled executor, or a loop of Netty's. */
public final class MinimalHttpServerEventlibForeign {
    private MinimalHttpServerEventlibForeign() {}

    public static void main(String[] args) throws InterruptedException {
        var options = CommonOptions.parse("minimal-http-server-eventlib-foreign", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        var framework = framework(options.argument(0, "executor"));
        var heartbeat = framework.scheduleAtFixedRate(
                () -> System.out.println(
                        "heartbeat of " + Thread.currentThread().getName()),
                1,
                5,
                TimeUnit.SECONDS);
        try (var context = options.context().vhost(vhost).build()) {
            options.ready(context, "http");
            ForeignLoop.attach(context.loops().get(0), framework).awaitDetached();
        }
        // the framework is as it was found: its timer still runs, and it is ours to stop
        heartbeat.cancel(false);
        framework.shutdown();
    }

    private static ScheduledExecutorService framework(String name) {
        return switch (name) {
            case "executor" -> Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "framework"));
            case "netty" -> new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
            default -> throw new IllegalArgumentException(name + " is neither executor nor netty");
        };
    }
}
