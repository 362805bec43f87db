package io.lws.examples.ws.pmd.bulk;

import io.lws.cli.CommonOptions;
import io.lws.ws.WsDeflate;

/** ws server that sends 16 MiB of text to each client, in a tenth of that where the client agrees to compression. */
public final class MinimalWsServerPmdBulk {
    private MinimalWsServerPmdBulk() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-server-pmd-bulk", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-pmd-bulk", BulkProtocol::new)
                .option(WsDeflate.builder().level(6).build())
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "ws");
        }
    }
}
