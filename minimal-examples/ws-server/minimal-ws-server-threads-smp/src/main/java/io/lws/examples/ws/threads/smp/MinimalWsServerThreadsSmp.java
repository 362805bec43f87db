package io.lws.examples.ws.threads.smp;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Messages made by two threads, for sessions on as many loops as there are processors. */
public final class MinimalWsServerThreadsSmp {
    private MinimalWsServerThreadsSmp() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-threads-smp", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-threads-smp", SmpProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        int loops = Math.max(options.threads(), Runtime.getRuntime().availableProcessors());
        try (var context = options.context().loops(loops).vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
