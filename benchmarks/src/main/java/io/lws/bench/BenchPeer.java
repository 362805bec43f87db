package io.lws.bench;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.http.HttpLimits;
import io.lws.http.Mount;
import io.lws.policy.ValidityPolicy;
import io.lws.tls.TlsConfig;
import io.lws.tls.TlsTasks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The library as load generators see it: plain text, files, WebSocket echo and broadcast on 127.0.0.1. Ports and files
 * are told by the environment, as they are to every server it is compared with: {@code PORT} and {@code DIR}, and for
 * TLS {@code TPORT}, {@code CERT} and {@code KEY}. Written with what any user has.
 */
@Command(
        name = "bench-peer",
        mixinStandardHelpOptions = true,
        description =
                "Serves what load generators measure; PORT and DIR are in the environment, TPORT, CERT, KEY for TLS.")
public final class BenchPeer implements Runnable {
    private static final Duration IDLE = Duration.ofMinutes(10);

    @Option(names = "--poller", paramLabel = "NAME", description = "nio (default) or another that is installed")
    private String poller = "nio";

    @Option(names = "--threads", paramLabel = "N", description = "event loops (default 1)")
    private int threads = 1;

    @Option(names = "--tls-provider", paramLabel = "NAME", description = "JDK (default), Conscrypt or BouncyCastle")
    private String tlsProvider = "JDK";

    @Option(
            names = "--tls-tasks",
            paramLabel = "WHERE",
            description = "handshakes' expensive steps: ${COMPLETION-CANDIDATES}")
    private TlsTasks tlsTasks = TlsTasks.OFF_LOOP;

    private BenchPeer() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchPeer()).execute(args));
    }

    @Override
    public void run() {
        Context.Builder context = Context.builder().loops(threads).poller(poller);
        context.vhost(vhost("PORT").build());
        if (told("TPORT").isPresent() && told("CERT").isPresent()) {
            TlsConfig tls = TlsConfig.builder()
                    .certificate(Path.of(required("CERT")), Path.of(required("KEY")))
                    .provider(tlsProvider)
                    .tasks(tlsTasks)
                    .build();
            context.vhost(vhost("TPORT").tls(tls).build());
        }
        try (Context running = context.build()) {
            running.closeOnShutdown(Duration.ofSeconds(1)).run();
        }
    }

    private static Vhost.Builder vhost(String port) {
        return Vhost.builder("localhost")
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(required(port))))
                .protocol("echo", (owner, options) -> new EchoProtocol())
                .protocol("plaintext", (owner, options) -> new PlaintextProtocol())
                .mount(Mount.callback("/plaintext", "plaintext"))
                .mount(Mount.files("/static", Path.of(required("DIR"))))
                .option(HttpLimits.builder().keepAliveTimeout(IDLE).build())
                .option(new ValidityPolicy(IDLE, IDLE.plusSeconds(10))); // load generators answer no pings
    }

    private static Optional<String> told(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    private static String required(String name) {
        return told(name)
                .orElseThrow(() -> new IllegalStateException("the environment variable " + name + " is not set"));
    }
}
