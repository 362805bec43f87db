package io.lws.examples.raw.vhost;

import io.lws.cli.CommonOptions;

/** A raw TCP server: what one client types, every client sees. Try {@code nc localhost 7681} twice. */
public final class MinimalRawVhost {
    private MinimalRawVhost() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-raw-vhost", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-raw", RawChatProtocol::new)
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "tcp");
        }
    }
}
