package io.lws.examples.ws.echo;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.ws.WsDeflate;
import java.nio.file.Path;

/** ws server that echoes. Point any ws client at {@code ws://localhost:7681}, with subprotocol {@code
 * lws-minimal-server-echo} or none. */
public final class MinimalWsServerEcho {
    private MinimalWsServerEcho() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-echo", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-server-echo", EchoProtocol::new)
                .option(WsDeflate.defaults())
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
