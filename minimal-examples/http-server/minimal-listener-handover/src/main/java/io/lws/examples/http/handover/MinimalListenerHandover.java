package io.lws.examples.http.handover;

import io.lws.Context;
import io.lws.Vhost;
import io.lws.cli.CommonOptions;
import io.lws.net.Listener;
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
    /** The context before may have to end a turn of its loop first. */
    private static final Duration MAX_TURN = Duration.ofSeconds(10);

    private final CommonOptions options;
    private final List<Context> contexts = new ArrayList<>();

    private MinimalListenerHandover(CommonOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws InterruptedException {
        new MinimalListenerHandover(CommonOptions.parse("minimal-listener-handover", args)).run();
    }

    private void run() throws InterruptedException {
        var listener = serve(nextVhost(), options.context());
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextLine()) {
            switch (lines.nextLine().trim()) {
                case "move" -> move(listener);
                case "close" -> listener.close();
                default -> System.out.println("move or close");
            }
        }
        contexts.forEach(each -> each.close(Duration.ofSeconds(1)));
    }

    /** A new context takes the listener over; those before keep their connections. */
    private void move(Listener listener) throws InterruptedException {
        if (listener.isOpen()) {
            serve(nextVhost().listen(listener.address()), options.context().listener(listener));
        } else {
            System.out.println("closed: there is nothing to move");
        }
    }

    private Vhost.Builder nextVhost() {
        return options.plainVhost("context " + (contexts.size() + 1), 0)
                .tls(options.tls().build())
                .protocol("generation", GenerationProtocol::new);
    }

    private Listener serve(Vhost.Builder vhost, Context.Builder builder) throws InterruptedException {
        var context = builder.vhost(vhost.build()).build().start();
        contexts.add(context);
        if (!context.awaitAccepting(MAX_TURN)) {
            throw new IllegalStateException("a callback of the context before does not return");
        }
        var listener = context.listeners().get(0);
        System.out.println("ready https://localhost:" + listener.port() + " by "
                + context.vhosts().get(0).name());
        return listener;
    }
}
