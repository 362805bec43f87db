package io.lws.examples.http.basicauth;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.http.auth.DigestAuth;
import java.nio.file.Path;

/** Serves one place to everybody, one by Basic and one by Digest authentication. */
public final class MinimalHttpServerBasicauth {
    private MinimalHttpServerBasicauth() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-basicauth", args);
        var secret = Path.of("mount-secret-origin");
        var passwords = Path.of("passwords.txt");
        var vhost = options.vhost("localhost")
                .mount(Mount.files("/", Path.of("mount-origin")))
                .mount(Mount.files("/secret", secret).basicAuth("minimal", passwords))
                .mount(Mount.files("/digest", secret).authenticated(DigestAuth.file("minimal", passwords)))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
