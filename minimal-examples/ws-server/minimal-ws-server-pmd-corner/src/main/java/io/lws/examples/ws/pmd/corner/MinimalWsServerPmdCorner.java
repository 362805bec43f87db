package io.lws.examples.ws.pmd.corner;

import io.lws.cli.CommonOptions;
import io.lws.ws.WsDeflate;

/** ws server that sends messages of every awkward size, compressed. */
public final class MinimalWsServerPmdCorner {
    private MinimalWsServerPmdCorner() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-pmd-corner", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-pmd-corner", CornerProtocol::new)
                .option(WsDeflate.builder().thresholdBytes(0).build())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "ws");
        }
    }
}
