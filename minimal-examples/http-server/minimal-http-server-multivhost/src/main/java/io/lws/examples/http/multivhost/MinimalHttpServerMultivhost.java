package io.lws.examples.http.multivhost;

import io.lws.cli.CommonOptions;

/** Two vhosts share a port and are told apart by name; a third has a port of its own. With -s all three have TLS. */
public final class MinimalHttpServerMultivhost {
    private MinimalHttpServerMultivhost() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-http-server-multivhost", args);
        var one = options.vhost("one.localhost")
                .protocol("name", NameProtocol::new)
                .build();
        var two = options.vhost("two.localhost")
                .protocol("name", NameProtocol::new)
                .build();
        var alone = options.vhost("alone.localhost", 1)
                .protocol("name", NameProtocol::new)
                .build();
        try (var context = options.context().vhost(one).vhost(two).vhost(alone).build()) {
            options.serve(context, "http");
        }
    }
}
