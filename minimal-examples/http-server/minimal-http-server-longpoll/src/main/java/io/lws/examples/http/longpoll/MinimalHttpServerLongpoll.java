package io.lws.examples.http.longpoll;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;

/** Long poll: a request waits for what another one brings. */
public final class MinimalHttpServerLongpoll {
    private MinimalHttpServerLongpoll() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-longpoll", args);
        var vhost = options.vhost("localhost")
                .protocol("news", LongPollProtocol::new)
                .mount(Mount.callback("/", "news").bodyBytes(1000))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
