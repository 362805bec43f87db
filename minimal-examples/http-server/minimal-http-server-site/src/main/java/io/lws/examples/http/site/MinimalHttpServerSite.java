package io.lws.examples.http.site;

import io.lws.cli.CommonOptions;
import io.lws.http.AccessLog;
import io.lws.http.ErrorDocuments;
import io.lws.http.Mount;
import io.lws.http.RejectedAgents;
import io.lws.http.RequestIds;
import io.lws.http.SecurityHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves files, with everything a vhost can be told to do with each request. The log can be read at /log. */
public final class MinimalHttpServerSite {
    private MinimalHttpServerSite() {}

    public static void main(String[] args) throws IOException {
        var options = CommonOptions.parse("minimal-http-server-site", args);
        var logs = Files.createTempDirectory("lws-site");
        try (var log = AccessLog.toFile(logs.resolve("access.log"))) {
            var vhost = options.vhost("localhost")
                    .option(log)
                    .option(RequestIds.FRESH)
                    .option(SecurityHeaders.BEST_PRACTICE)
                    .option(ErrorDocuments.of(404, Path.of("404.html")))
                    .option(RejectedAgents.of("BadBot"))
                    .mount(Mount.files("/", Path.of("mount-origin")))
                    .mount(Mount.files("/log", logs).mimeType(".log", "text/plain"))
                    .build();
            try (var context = options.context().vhost(vhost).build()) {
                options.serve(context, "http");
            }
        }
    }
}
