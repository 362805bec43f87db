package io.lws.examples.ws.chat;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Chat over WebSocket. Open {@code http://localhost:7681} in two tabs. */
public final class MinimalWsServer {
    private MinimalWsServer() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal", ChatProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
