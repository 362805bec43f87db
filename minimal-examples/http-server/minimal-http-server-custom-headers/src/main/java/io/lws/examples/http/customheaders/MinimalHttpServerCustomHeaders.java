package io.lws.examples.http.customheaders;

import io.lws.cli.CommonOptions;
import io.lws.http.Headers;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Reads a field that only this example knows, and answers with others. */
public final class MinimalHttpServerCustomHeaders {
    private MinimalHttpServerCustomHeaders() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-custom-headers", args);
        var vhost = options.vhost("localhost")
                .protocol("http", CustomHeadersProtocol::new)
                .mount(Mount.callback("/dyn", "http").headers(Headers.of("X-From-Mount", "each answer has it")))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
