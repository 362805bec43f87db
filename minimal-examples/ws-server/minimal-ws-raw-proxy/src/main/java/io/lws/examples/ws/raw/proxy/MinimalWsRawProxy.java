package io.lws.examples.ws.raw.proxy;

import io.lws.cli.CommonOptions;

/** Gives each ws client a TCP connection of its own to one server, and passes bytes both ways. */
public final class MinimalWsRawProxy {
    private MinimalWsRawProxy() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-raw-proxy", args);
        String host = options.argument(0, "localhost");
        int port = Integer.parseInt(options.argument(1, "1234"));
        var vhost = options.vhost("localhost")
                .protocol("lws-ws-raw-proxy", (owner, settings) -> new RawProxyProtocol(owner, host, port))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "ws");
        }
    }
}
