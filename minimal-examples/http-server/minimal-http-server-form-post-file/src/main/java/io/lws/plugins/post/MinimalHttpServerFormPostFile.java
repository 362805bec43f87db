package io.lws.plugins.post;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Takes a form with files and tells what it held. */
public final class MinimalHttpServerFormPostFile {
    private MinimalHttpServerFormPostFile() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-form-post-file", args);
        var vhost = options.vhost("localhost")
                .protocol("protocol-post-demo", PostDemoProtocol::new)
                .mount(Mount.callback("/form1", "protocol-post-demo").bodyBytes(32 << 20))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
