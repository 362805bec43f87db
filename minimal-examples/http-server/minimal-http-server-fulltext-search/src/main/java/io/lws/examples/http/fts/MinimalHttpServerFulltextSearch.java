package io.lws.examples.http.fts;

import io.lws.ProtocolOptions;
import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Finds words in the texts of a directory. */
public final class MinimalHttpServerFulltextSearch {
    private MinimalHttpServerFulltextSearch() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-fulltext-search", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-fts", SearchProtocol::new, ProtocolOptions.of("texts", "mount-origin/texts"))
                .mount(Mount.callback("/fts", "lws-fts"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
