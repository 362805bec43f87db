package io.lws.examples.http.mounts;

import io.lws.ProtocolOptions;
import io.lws.cli.CommonOptions;
import io.lws.http.CachePolicy;
import io.lws.http.Mount;
import java.nio.file.Path;
import java.time.Duration;

/** Everything a mount can be, but for CGI and proxy, which have examples of their own. */
public final class MinimalHttpServerMounts {
    private MinimalHttpServerMounts() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-mounts", args);
        var site = Path.of("mount-origin");
        var vhost = options.vhost("localhost")
                .protocol("greet", GreetProtocol::new)
                .protocol("door", DoorProtocol::new)
                .mount(Mount.files("/", site)
                        .cache(CachePolicy.maxAge(Duration.ofHours(1)).intermediaries())
                        .precompressed()
                        .compressed()
                        .interpret(".greet", "greet"))
                .mount(Mount.files("/fresh", site).cache(CachePolicy.NEVER))
                .mount(Mount.zip("/zip", Path.of("site.zip")))
                .mount(Mount.redirect("/old", "/docs"))
                .mount(Mount.callback("/hello", "greet").options(ProtocolOptions.of("name", "the mount")))
                .mount(Mount.callback("/hello/exact", "greet")
                        .options(ProtocolOptions.of("name", "another mount"))
                        .exactMatch()
                        .bodyBytes(10))
                .mount(Mount.callback("/door", "door"))
                .mount(Mount.files("/members", site).interceptedBy("/door"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
