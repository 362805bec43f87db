package io.lws.examples.http.httpbin;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;

/** Answers as a client's test wants it. */
public final class MinimalHttpServerHttpbin {
    private MinimalHttpServerHttpbin() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-httpbin", args);
        var vhost = options.vhost("localhost")
                .protocol("http", HttpbinProtocol::new)
                .mount(Mount.callback("/", "http").compressed())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
