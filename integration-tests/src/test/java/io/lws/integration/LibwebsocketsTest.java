package io.lws.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lws.CloseInfo;
import io.lws.Context;
import io.lws.Vhost;
import io.lws.policy.RetryPolicy;
import io.lws.testing.Peer;
import io.lws.ws.WsClient;
import io.lws.ws.WsDeflate;
import io.lws.ws.WsFragment;
import io.lws.ws.WsMessage;
import io.lws.ws.WsProtocol;
import io.lws.ws.WsSession;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The original's own test programs, as Debian packs them. */
class LibwebsocketsTest {
    private static final String COUNTER = "dumb-increment-protocol";
    private static final String MIRROR = "lws-mirror-protocol";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** Writes down what it hears, after {@code name}. */
    private final class Recorder implements WsProtocol<Void> {
        private final String name;
        private final String first;
        private boolean enough;

        Recorder(String name, String first) {
            this.name = name;
            this.first = first;
        }

        @Override
        public void onEstablished(WsSession<Void> ws) {
            events.add(name + " open " + ws.subprotocol());
            if (!first.isEmpty()) {
                ws.post(WsMessage.text(first));
            }
        }

        @Override
        public void onMessage(WsSession<Void> ws, WsFragment rx) {
            if (enough) {
                return; // was under way when we closed
            }
            events.add(name + " " + rx.text());
            enough = rx.text().equals("9");
            if (enough) {
                ws.close();
            }
        }

        @Override
        public void onClosed(WsSession<Void> ws, CloseInfo info) {
            events.add(name + " closed " + info.code());
        }
    }

    private String next() throws InterruptedException {
        String event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    private void connect(Vhost vhost, int port, String subprotocol, String first) {
        WsClient.builder(vhost)
                .uri("ws://localhost:" + port + "/")
                .subprotocol(subprotocol)
                .protocol(new Recorder(subprotocol, first))
                .retry(RetryPolicy.NEVER)
                .connect();
    }

    @Test
    void isSpokenToAsAServer() throws Exception {
        Peer.LIBWEBSOCKETS_TEST_SERVER.require();
        int port = Ports.free();
        Vhost vhost = Vhost.builder("client").option(WsDeflate.defaults()).build();
        try (Program server = Program.start(List.of("libwebsockets-test-server", "--port=" + port), Map.of(), null);
                Context context = Context.builder().vhost(vhost).build().start()) {
            assertTrue(!context.isClosed());
            Ports.awaitListening(server, port);
            connect(vhost, port, COUNTER, "");
            assertEquals(COUNTER + " open " + COUNTER, next());
            String heard = next();
            for (int number = 0; number < 10; number++) {
                assertEquals(COUNTER + " " + number, heard, server::output);
                heard = next();
            }
            assertEquals(COUNTER + " closed 1000", heard);
            connect(vhost, port, MIRROR, "c #ff0000 1 2 3 4;");
            assertEquals(MIRROR + " open " + MIRROR, next());
            assertEquals(MIRROR + " c #ff0000 1 2 3 4;", next());
        }
    }

    /**
     * Says nothing by itself: once permessage-deflate is agreed on, the client of version 4.1.6 hangs when an uncompressed
     * frame comes in one packet with the answer to its request, whoever the server is.
     */
    @Test
    void isSpokenToAsAClient() throws Exception {
        Peer.LIBWEBSOCKETS_TEST_SERVER.require();
        Vhost vhost = Vhost.builder("localhost")
                .listen(InetAddress.getLoopbackAddress(), 0)
                .protocol(COUNTER, (owner, options) -> new Recorder("server", ""))
                .protocol(MIRROR, (owner, options) -> new Recorder("mirror", ""))
                .option(WsDeflate.defaults())
                .build();
        try (Context context = Context.builder().vhost(vhost).build().start();
                Program client = Program.start(
                        List.of("libwebsockets-test-client", "127.0.0.1", "--port=" + vhost.port()), Map.of(), null)) {
            assertTrue(!context.isClosed());
            boolean counter = false;
            boolean drawn = false;
            List<String> seen = new ArrayList<>();
            while (!counter || !drawn) {
                String event = next();
                seen.add(event);
                assertTrue(!event.equals("nothing"), () -> seen + "\n" + client.output());
                counter |= event.equals("server open " + COUNTER);
                drawn |= event.matches("mirror [dc] #.*");
            }
            client.end("INT");
        }
    }
}
