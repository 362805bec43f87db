package io.lws.examples.ws.ring;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** Chat over WebSocket through one shared ring; laggards are culled. */
public final class MinimalWsServerRing {
    private MinimalWsServerRing() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-ring", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-ring", RingProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
