package io.lws.examples.http.smp;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves by several threads, each with a loop of its own. */
public final class MinimalHttpServerSmp {
    private MinimalHttpServerSmp() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-smp", args);
        var vhost = options.vhost("localhost")
                .protocol("http", LoopProtocol::new)
                .mount(Mount.callback("/loop", "http"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
