package io.lws.examples.http.multiinstance;

import io.lws.Context;
import io.lws.cli.CommonOptions;

/** Two TLS servers that share nothing but the process: a context, a port, a thread and a certificate policy each. */
public final class MinimalMultiInstance {
    private static final int FIRST_PORT = 1440;

    private MinimalMultiInstance() {}

    public static void main(String[] args) throws InterruptedException {
        var options = CommonOptions.parse("minimal-multi-instance", FIRST_PORT, args);
        var first = new Thread(() -> serve(options, "first", 0), "first");
        var second = new Thread(() -> serve(options, "second", 1), "second");
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private static void serve(CommonOptions options, String name, int offset) {
        var vhost = options.plainVhost(name, offset)
                .tls(options.tls().build())
                .protocol("instance", InstanceProtocol::new)
                .build();
        try (Context context = options.context().vhost(vhost).build()) {
            options.serve(context, "http");
        }
    }
}
