package io.lws.examples.http.handover;

import io.lws.Context;
import io.lws.cli.CommonOptions;
import io.lws.net.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/**
 * A listening TLS socket that is handed from one context to the next, or closed, by lines typed in: {@code move}, {@code
 * close}. Connections made before go on where they are.
 */
public final class MinimalListenerHandover {
    private static final int BACKLOG = 1024;

    private final CommonOptions options;
    private final Listener listener;
    private final List<Context> contexts = new ArrayList<>();

    private MinimalListenerHandover(CommonOptions options, Listener listener) {
        this.options = options;
        this.listener = listener;
    }

    public static void main(String[] args) throws IOException {
        var options = CommonOptions.parse("minimal-listener-handover", args);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port());
        new MinimalListenerHandover(options, Listener.open(address, BACKLOG)).run();
    }

    private void run() {
        move();
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            switch (lines.nextLine().trim()) {
                case "move" -> move();
                case "close" -> listener.close();
                default -> System.out.println("move or close");
            }
        }
        contexts.forEach(each -> each.close(Duration.ofSeconds(1)));
    }

    /** A new context takes the listener over; those before keep their connections. */
    private void move() {
        var vhost = options.plainVhost("context " + (contexts.size() + 1), 0)
                .listen(listener.address())
                .tls(options.tls().build())
                .protocol("generation", GenerationProtocol::new)
                .build();
        contexts.add(options.context().vhost(vhost).listener(listener).build().start());
        System.out.println("ready https://localhost:" + listener.port() + " by " + vhost.name());
    }
}
