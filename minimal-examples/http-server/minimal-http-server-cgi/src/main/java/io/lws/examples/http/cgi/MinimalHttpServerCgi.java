package io.lws.examples.http.cgi;

import io.lws.cli.CommonOptions;
import io.lws.http.CgiOptions;
import io.lws.http.Mount;
import java.nio.file.Path;
import java.time.Duration;

/** Runs the programs of a directory, by CGI. */
public final class MinimalHttpServerCgi {
    private MinimalHttpServerCgi() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-cgi", args);
        var cgi = CgiOptions.DEFAULT.timeout(Duration.ofSeconds(5)).environment("GREETING", "hello");
        var vhost = options.vhost("localhost")
                .mount(Mount.cgi("/cgi-bin", Path.of("cgi-bin")).cgi(cgi))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
