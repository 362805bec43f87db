package io.lws.examples.http.systemd;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.net.PassedSockets;
import java.io.IOException;
import java.nio.file.Path;

/** Serves on the socket that systemd has opened for it, on any; without one it opens its own. */
public final class MinimalHttpServerSystemdSocketact {
    private MinimalHttpServerSystemdSocketact() {}

    public static void main(String[] args) throws IOException {
        var options = CommonOptions.parse("minimal-http-server-systemd-socketact", args);
        var passed = PassedSockets.listeners();
        var vhost = options.vhost("localhost")
                .with(builder -> passed.isEmpty()
                        ? builder
                        : builder.listen(passed.get(0).address()))
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        var builder = options.context().vhost(vhost);
        passed.forEach(builder::listener);
        try (var context = builder.build()) {
            System.out.println(passed.size() + " sockets passed");
            options.serve(context, "http");
        }
    }
}
