package io.lws.bench;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The library as load generators see it: plain text, files, WebSocket echo and broadcast on 127.0.0.1. Port and files
 * are told by the environment ({@code PORT}, {@code DIR}), as they are to every server it is compared with. Written
 * with what any user has.
 */
@Command(name = "bench-peer", description = "Serves what load generators measure; PORT and DIR are in the environment.")
public final class BenchPeer implements Runnable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    @Option(names = "--poller", paramLabel = "NAME", description = "nio (default) or another that is installed")
    private String poller = "nio";

    @Option(names = "--threads", paramLabel = "N", description = "event loops (default 1)")
    private int threads = 1;

    private BenchPeer() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchPeer()).execute(args));
    }

    @Override
    public void run() {
        Vhost vhost = Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(environment("PORT"))))
                .protocol("echo", (owner, options) -> new EchoProtocol())
                .protocol("plaintext", (owner, options) -> new PlaintextProtocol())
                .mount(Mount.callback("/plaintext", "plaintext"))
                .mount(Mount.files("/static", Path.of(environment("DIR"))))
                .option(HttpLimits.builder().keepAliveTimeout(IDLE).build())
                .build();
        try (Context context =
                Context.builder().loops(threads).poller(poller).vhost(vhost).build()) {
            context.closeOnShutdown(Duration.ofSeconds(1)).run();
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("the environment variable " + name + " is not set");
        }
        return value;
    }
}
