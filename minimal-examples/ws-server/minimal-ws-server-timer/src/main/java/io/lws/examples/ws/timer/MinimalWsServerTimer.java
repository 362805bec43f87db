package io.lws.examples.ws.timer;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** A tick for each client, a hundred times a second, as long as it stays. */
public final class MinimalWsServerTimer {
    private MinimalWsServerTimer() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-timer", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-timer", TimerProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
