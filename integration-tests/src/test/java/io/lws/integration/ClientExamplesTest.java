package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Examples that call: each meets a server in the test's own process. */
class ClientExamplesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** Says something, and writes down what comes. */
    private final class Greeter implements WsProtocol<Void> {
        @Override
        public void onEstablished(WsSession<Void> ws) {
            events.add("opened");
            ws.post(WsMessage.text("hello, client"));
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            events.add(rx.text());
            if (rx.text().equals("again, please")) {
                ws.abort(); // as a server that dies does
            } else {
                ws.post(WsMessage.text("again, please"));
            }
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            events.add("closed");
        }
    }

    private @Nullable String next() throws InterruptedException {
        return events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void wsClientEchoSendsEverythingBackAndConnectsAgain() throws InterruptedException {
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol("greeter", (owner, options) -> new Greeter())
                .build();
        try (Context server = Context.builder().vhost(vhost).build().start();
                Program client = Program.example("ws-client/minimal-ws-client-echo", vhost.port(), "-s", "127.0.0.1")) {
            assertFalse(server.isClosed());
            for (int connection = 0; connection < 2; connection++) {
                for (String expected : new String[] {"opened", "hello, client", "again, please", "closed"}) {
                    assertEquals(expected, Objects.requireNonNull(next(), client.output()), client::output);
                }
            }
            assertEquals(128 + 15, client.end("TERM"), client::output);
        }
    }
}
