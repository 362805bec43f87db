package io.lws.examples.http.dynamic;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves a page made on the fly below {@code /dyn}, and files everywhere else. */
public final class MinimalHttpServerDynamic {
    private MinimalHttpServerDynamic() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-dynamic", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-http-dynamic", DynamicProtocol::new)
                .mount(Mount.callback("/dyn", "lws-minimal-http-dynamic"))
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
