package io.lws.examples.http.earlyhints;

import io.lws.ProtocolOptions;
import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** http server that says what a page will need before it has the page. Argument: milliseconds a page takes to make. */
public final class MinimalHttpServerEarlyHints {
    private MinimalHttpServerEarlyHints() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-early-hints", args);
        String workMs = options.argument(0, "500");
        var vhost = options.vhost("localhost")
                .protocol("page", EarlyHintsProtocol::new, ProtocolOptions.of("work-ms", workMs))
                .mount(Mount.callback("/page", "page"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
