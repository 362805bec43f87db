package io.lws.examples.http.mimetypes;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Serves a file whose media type only this mount knows. */
public final class MinimalHttpServerMimetypes {
    private MinimalHttpServerMimetypes() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-mimetypes", args);
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin"))
                        .mimeType(".notes", "text/x-notes;charset=utf-8")
                        .precompressed())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
