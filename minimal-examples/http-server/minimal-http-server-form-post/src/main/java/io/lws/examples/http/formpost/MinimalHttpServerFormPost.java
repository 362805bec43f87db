package io.lws.examples.http.formpost;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Takes a urlencoded or multipart form, and sends the browser on to a page. */
public final class MinimalHttpServerFormPost {
    private MinimalHttpServerFormPost() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-form-post", args);
        var vhost = options.vhost("localhost")
                .protocol("http", FormPostProtocol::new)
                .mount(Mount.callback("/form1", "http"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
