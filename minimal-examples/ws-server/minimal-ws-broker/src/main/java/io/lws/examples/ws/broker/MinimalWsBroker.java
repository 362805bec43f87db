package io.lws.examples.ws.broker;

import io.lws.cli.CommonOptions;
import io.lws.http.Mount;
import java.nio.file.Path;

/** What a client sends to {@code /publisher}, every other client gets. */
public final class MinimalWsBroker {
    private MinimalWsBroker() {}

    public static void main(String[] args) {
        var options = CommonOptions.parse("minimal-ws-broker", args);
        var vhost = options.vhost("localhost")
                .protocol("lws-minimal-broker", BrokerProtocol::new)
                .mount(Mount.files("/", Path.of("mount-origin")).index("index.html"))
                .build();
        try (var context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
