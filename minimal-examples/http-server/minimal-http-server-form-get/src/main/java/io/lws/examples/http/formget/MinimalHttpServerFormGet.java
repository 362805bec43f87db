package io.lws.examples.http.formget;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Answers with the arguments in the URL. */
public final class MinimalHttpServerFormGet {
    private MinimalHttpServerFormGet() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-form-get", args);
        var vhost = options.vhost("localhost")
                .protocol("http", FormGetProtocol::new)
                .mount(Mount.callback("/form1", "http"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
