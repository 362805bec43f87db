package io.lws.examples.ws.pmd;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import io.lws.ws.WsDeflate;
import java.nio.file.Path;

/** Chat over WebSocket with permessage-deflate, which is one line here and none in the protocol. */
public final class MinimalWsServerPmd {
    private MinimalWsServerPmd() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-pmd", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-pmd", PmdChatProtocol::new)
                .option(WsDeflate.defaults())
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
