package io.lws.examples.raw.proxy;

import io.lws.cli.CommonOptions;
import io.lws.raw.RawProxy;
import io.lws.raw.RawProxyRole;

/** Passes every connection on to another server. Try it with {@code ipv4:127.0.0.1:22} and ssh. */
public final class MinimalRawProxy {
    private MinimalRawProxy() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-raw-proxy", args);
        var onward = options.arguments().isEmpty()
                ? "ipv4:127.0.0.1:22"
                : options.arguments().get(0);
        var vhost = options.vhost("localhost")
                .acceptRole(RawProxyRole.NAME)
                .option(RawProxy.to(onward))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "tcp");
        }
    }
}
