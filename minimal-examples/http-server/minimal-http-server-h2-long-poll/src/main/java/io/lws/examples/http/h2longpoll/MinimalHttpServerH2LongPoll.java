package io.lws.examples.http.h2longpoll;

import io.lws.ProtocolOptions;
import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** http server whose answers below /longpoll never end. Argument: milliseconds between two lines. */
public final class MinimalHttpServerH2LongPoll {
    private MinimalHttpServerH2LongPoll() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-h2-long-poll", args);
        String periodMs = options.argument(0, "60000");
        var vhost = options.vhost("localhost")
                .protocol("longpoll", LongPollProtocol::new, ProtocolOptions.of("period-ms", periodMs))
                .mount(Mount.callback("/longpoll", "longpoll"))
                .mount(Mount.files("/", Path.of("mount-origin")))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
