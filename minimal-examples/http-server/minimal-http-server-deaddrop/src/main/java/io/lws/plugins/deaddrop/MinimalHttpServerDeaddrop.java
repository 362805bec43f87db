package io.lws.plugins.deaddrop;

import io.lws.ProtocolOptions;
import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the files that are left with it, for everybody to take. */
public final class MinimalHttpServerDeaddrop {
    private MinimalHttpServerDeaddrop() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-deaddrop", args);
        var drop = drop();
        var settings = ProtocolOptions.builder()
                .put("upload-dir", drop.toString())
                .put("max-size", "10000000")
                .build();
        var vhost = options.vhost("localhost")
                .protocol("lws-deaddrop", DeaddropProtocol::new, settings)
                .mount(Mount.callback("/drop", "lws-deaddrop").bodyBytes(12_000_000))
                .mount(Mount.files("/get", drop).index("").mimeType("*", "application/octet-stream"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }

    private static Path drop() {
        try {
            return Files.createTempDirectory("deaddrop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
